"""Things that are linked put together, however far apart in the chain of links."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def components(nodes: Iterable[Node], links: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The nodes in the sets that links hold together, sets and members in the order of the nodes.

    Links with an end that is no node do not count.
    """
    leader = {node: node for node in nodes}

    def find(node: Node) -> Node:
        while leader[node] != node:
            leader[node] = node = leader[leader[node]]
        return node

    for one, other in links:
        if one in leader and other in leader:
            leader[find(one)] = find(other)
    found: dict[Node, list[Node]] = {}
    for node in leader:
        found.setdefault(find(node), []).append(node)
    return list(found.values())
