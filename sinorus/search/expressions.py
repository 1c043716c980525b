"""What is looked for, free of any engine's syntax: phrases, prefixes, all of them, any of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """Terms that follow each other; one alone is a word."""

    terms: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """A word, unstemmed, that begins so."""

    text: str


@dataclass(frozen=True)
class All:
    """Every one of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Any:
    """One of them at least."""

    nodes: tuple[Node, ...]


Node = Phrase | Prefix | All | Any


def all_of(nodes: list[Node]) -> Node:
    """All of them, as plain as can be. At least one is wanted."""
    flat = list(dict.fromkeys(inner for node in nodes for inner in (node.nodes if isinstance(node, All) else (node,))))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(nodes: list[Node]) -> Node:
    """Any of them, as plain as can be. At least one is wanted."""
    flat = list(dict.fromkeys(inner for node in nodes for inner in (node.nodes if isinstance(node, Any) else (node,))))
    return flat[0] if len(flat) == 1 else Any(tuple(flat))
