"""What differs in kind between the flavours, under equal names. Written by hand here and in `_async`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

from instant_admin._engines.base import Engine, StreamEngine

sleep = time.sleep

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=Engine | StreamEngine)


def in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Calls a function that may wait for a disk, in this thread."""
    return function(*args, **kwargs)


class EngineSlot(Generic[E]):
    """The engine of this process, opened when first needed and shared by its threads.

    Kept by process id: after a fork the parent's connections are shared with it, so they are left to it.
    """

    def __init__(self, open_engine: Callable[[], E]) -> None:
        self._open_engine = open_engine
        self._engines: dict[int, E] = {}
        # One for each process too: a thread of the parent may hold the parent's, and it does not exist in the child.
        self._locks: dict[int, Lock] = {}

    def get(self) -> E:
        """The engine for this process."""
        process = os.getpid()
        engine = self._engines.get(process)
        if engine is None:
            with self._locks.setdefault(process, Lock()):
                engine = self._engines.get(process)
                if engine is None:
                    engine = self._engines[process] = self._open_engine()
        return engine

    @property
    def is_open(self) -> bool:
        """Whether an engine is open in this process."""
        return os.getpid() in self._engines

    def close(self) -> None:
        """Close this process's engine."""
        engine = self._engines.pop(os.getpid(), None)
        if engine is not None:
            engine.close()


class Mutex:
    """Keeps all but one of a process's threads waiting. Each process has its own, as in `EngineSlot`."""

    def __init__(self) -> None:
        self._locks: dict[int, Lock] = {}

    def __enter__(self) -> None:
        self._locks.setdefault(os.getpid(), Lock()).acquire()

    def __exit__(self, *_: object) -> None:
        self._locks[os.getpid()].release()


def current_place() -> object:
    """Where this runs: threads of one process can share what they have begun, others cannot."""
    return os.getpid()
