"""Presentation trees for property tests: everything the tree's types allow, friendly or not."""

from __future__ import annotations

from hypothesis import strategies as st

from core.notation.tokens import VOCABULARY
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

HOSTILE = (
    '#panic("x")',
    '"+#read("/etc/passwd")+"',
    '\\" #x',
    "\\",
    "$",
    "@x",
    "<x>",
    "//",
    "/*",
    "`",
    "*_~'",
    "]",
    "{",
    "a:b, c;d",
    "..",
    "\u200b",
    "\u202eabc",
    "שלום",
    "\ud800",
    "\x00\n",
    "",
)

tokens = st.sampled_from((*VOCABULARY, *HOSTILE))
numbers = st.from_regex(r"[0-9]{1,40}(\.[0-9]{1,3})?|\.[0-9]+|[0-9]+\.", fullmatch=True).map(Number)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)).map(Text)
leaves = st.one_of(tokens.map(Atom), numbers, texts)


nodes: st.SearchStrategy[Node] = st.deferred(lambda: leaves | branches)
row = st.lists(nodes, max_size=4).map(lambda items: Row(tuple(items)))
sides = st.sampled_from(("(", ")", "[", "]", "\\{", "\\}", "|", "\\lfloor", "\\rceil", "", '"#'))
commands = st.sampled_from(("\\overline", "\\vec", "\\hat", "\\bar", "\\dot", "\\tilde", "\\unknown#"))
environments = st.sampled_from(("matrix", "cases", "aligned", "unknown"))
cells = st.lists(st.lists(row, max_size=2).map(tuple), max_size=2).map(tuple)
branches: st.SearchStrategy[Node] = st.one_of(
    leaves,
    leaves,
    st.builds(Script, nodes, st.none() | row, st.none() | row),
    st.builds(Fraction, row, row),
    st.builds(Binomial, row, row),
    st.builds(Root, row, st.none() | row),
    st.builds(Fence, sides, row, sides),
    st.builds(Accent, commands, row),
    st.builds(Grid, environments, cells),
)
trees = row
