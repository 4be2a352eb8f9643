"""The recogniser's alphabet: LaTeX tokens in CROHME's spelling, one id each.

The order is fixed: an id never changes, new tokens are appended. First the three marks, then the 110 tokens of the
CROHME dictionary in its order, then ours.
"""

from __future__ import annotations

PAD, START, END = "<pad>", "<sos>", "<eos>"
PAD_ID, START_ID, END_ID = 0, 1, 2

CROHME_TOKENS: tuple[str, ...] = tuple(
    r"""
    ! ( ) + , - . / 0 1 2 3 4 5 6 7 8 9 < = > A B C E F G H I L M N P R S T V X Y [ \Delta \Pi \alpha \beta \cdot
    \cdots \cos \div \exists \forall \frac \gamma \geq \in \infty \int \lambda \ldots \leq \lim \limits \log \mu
    \neq \phi \pi \pm \prime \rightarrow \sigma \sin \sqrt \sum \tan \theta \times \{ \} ] ^ _ a b c d e f g h i j k
    l m n o p q r s t u v w x y z { | }
    """.split()
)

SCHOOL_TOKENS: tuple[str, ...] = tuple(
    r"""
    D J K O Q U W Z ? : ; & \\ \% \ln \lg \cot \sec \csc \arcsin \arccos \arctan \sinh \cosh \tanh \det \gcd \max
    \min \mathrm \circ \approx \equiv \sim \propto \mp \ll \gg \therefore \because \Rightarrow \Leftrightarrow
    \leftarrow \perp \parallel \angle \triangle \partial \nabla \epsilon \delta \zeta \eta \kappa \xi \rho \tau \chi
    \psi \omega \Gamma \Theta \Lambda \Sigma \Phi \Psi \Omega \cup \cap \subset \subseteq \notin \emptyset \setminus
    \binom \overline \vec \hat \bar \lfloor \rfloor \lceil \rceil \begin{matrix} \end{matrix} \begin{cases}
    \end{cases}
    """.split()
)

VOCABULARY: tuple[str, ...] = (PAD, START, END, *CROHME_TOKENS, *SCHOOL_TOKENS)
TOKEN_IDS: dict[str, int] = {token: index for index, token in enumerate(VOCABULARY)}


def encode(latex: str) -> list[int]:
    """Ids of space-separated tokens. Raises KeyError, with the token, for one outside the alphabet."""
    return [TOKEN_IDS[token] for token in latex.split()]


def decode(ids: list[int]) -> str:
    """Space-separated tokens of `ids`, up to the first end mark; start and padding are left out."""
    if END_ID in ids:
        ids = ids[: ids.index(END_ID)]
    return " ".join(VOCABULARY[i] for i in ids if i not in (PAD_ID, START_ID))
