"""What the Instant app holds, and who may do what with it.

`instant-admin schema push` and `instant-admin perms push` take this file as it is.
"""

from __future__ import annotations

from instant_admin import Rules, i

schema = i.schema(
    entities={
        "goals": i.entity({"title": i.string().indexed(), "done": i.boolean().optional().indexed()}),
    },
    links={
        "goalOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one", "on_delete": "cascade"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
    },
)

MAY_DELETE = "isOwner && data.done != true"

rules = Rules(
    {
        "goals": {
            "allow": {
                "view": "isOwner",
                "create": "isOwner && size(data.title) > 0",
                "update": "isOwner",
                "delete": MAY_DELETE,
            },
            "bind": {"isOwner": "auth.id != null && auth.id in data.ref('owner.id')"},
        },
    }
)
