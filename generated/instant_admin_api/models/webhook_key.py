from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="WebhookKey")


@_attrs_define
class WebhookKey:
    kty: str
    """ `OKP`. """
    crv: str
    """ `Ed25519`. """
    alg: str
    """ `EdDSA`. """
    use: str
    """ `sig`. """
    kid: str
    """ A 32-bit number in decimal, unsigned. """
    x: str
    """ The public key, 32 bytes in base64url. """

    def to_dict(self) -> dict[str, Any]:
        kty = self.kty

        crv = self.crv

        alg = self.alg

        use = self.use

        kid = self.kid

        x = self.x

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "kty": kty,
                "crv": crv,
                "alg": alg,
                "use": use,
                "kid": kid,
                "x": x,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kty = d.pop("kty")

        crv = d.pop("crv")

        alg = d.pop("alg")

        use = d.pop("use")

        kid = d.pop("kid")

        x = d.pop("x")

        webhook_key = cls(
            kty=kty,
            crv=crv,
            alg=alg,
            use=use,
            kid=kid,
            x=x,
        )

        return webhook_key
