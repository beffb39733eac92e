"""The tree of RFC 6962: roots and paths as others compute them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.results import merkle

#: The leaves and roots of the test of Certificate Transparency's reference implementation.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_roots_of_the_reference_implementation() -> None:
    hashes = [merkle.leaf(data) for data in LEAVES]
    assert hashlib.sha256(b"").digest() == merkle.Tree([]).root
    for size, expected in enumerate(ROOTS, start=1):
        assert expected == merkle.Tree(hashes[:size]).root.hex()


@given(st.integers(1, 70), st.data())
def test_a_path_leads_to_the_root_from_its_leaf_alone(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf(bytes([n])) for n in range(size)]
    tree = merkle.Tree(hashes)
    root = tree.root
    index = data.draw(st.integers(0, size - 1))
    path = tree.path(index)
    assert root == merkle.root_by(hashes[index], index, size, path)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert root != merkle.root_by(hashes[other], index, size, path)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        changed = (*path[:at], merkle.leaf(b"something else"), *path[at + 1 :])
        assert root != merkle.root_by(hashes[index], index, size, changed)
        assert None is merkle.root_by(hashes[index], index, size, path[1:])
    assert None is merkle.root_by(hashes[index], index, size, (*path, root))
    assert None is merkle.root_by(hashes[index], size, size, path)


def test_an_index_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.Tree([merkle.leaf(b"")]).path(1)
