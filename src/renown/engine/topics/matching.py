"""Which topics a text speaks of, and by which of its words.

Words, phrases and hashtags are looked for as whole words, in any case and any spelling that Unicode holds for the same
(NFKC, case-folded). The longest phrase counts: `Michelin star` speaks of restaurants, not of tyres. What stands in an
address or a handle is no word, and no phrase goes on behind the end of a sentence. In scripts that are written without
spaces every character is taken for a word.

From each word on, no more than the words of the longest phrase are looked at: the time grows as the text does.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from renown.engine.topics.vocabulary import Vocabulary

# Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff"
# Marks above and below letters, and the vowel signs of India, are none of Python's word characters.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{0,64}@[\w.@-]+|[.,;:!?](?=\s)"
    rf"|#(?P<tag>[\w{_MARKS}]+)|(?P<word>[{_UNSPACED}]|{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*)"
)
_END = ""  # no word is empty

_Node = dict[str, Any]


class Matcher:
    """A vocabulary made ready for texts. Sensitive topics are found only where that is asked for.

    A word that stands for a masked topic still takes its place in a longer phrase, so that masking changes nothing of
    the others.
    """

    def __init__(self, vocabulary: Vocabulary, *, sensitive: bool = False) -> None:
        masked = frozenset[str]() if sensitive else vocabulary.sensitive
        self._phrases: _Node = {}
        self._tags: dict[str, list[str]] = {}
        self._wider: dict[str, tuple[str, ...]] = {}
        for slug, topic in vocabulary.topics.items():
            self._wider[slug] = (
                () if slug in masked else (slug, *(w for w in vocabulary.wider(slug) if w not in masked))
            )
            for phrase in topic.words:
                self._take(slug, phrase)
            for tag in topic.hashtags:
                self._tag("".join(_words(tag)), slug)

    def topics_of(self, text: str) -> dict[str, tuple[str, ...]]:
        """By topic, the words and hashtags of the text that speak of it, or of a narrower one; each once."""
        found: dict[str, dict[str, None]] = {}
        for slug, said in self._said(_folded(text)):
            for topic in self._wider[slug]:
                found.setdefault(topic, {})[said] = None
        return {topic: tuple(said) for topic, said in found.items()}

    def _take(self, slug: str, phrase: str) -> None:
        words = _words(phrase)
        if not words:
            return
        node = self._phrases
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_END, []).append(slug)
        self._tag("".join(words), slug)

    def _tag(self, tag: str, slug: str) -> None:
        slugs = self._tags.setdefault(tag, [])
        if tag and slug not in slugs:
            slugs.append(slug)

    def _said(self, text: str) -> Iterator[tuple[str, str]]:
        """Each topic that is spoken of, and by what."""
        tokens = list(_TOKEN.finditer(text))
        words = [token["word"] for token in tokens]
        at = 0
        while at < len(words):
            length, slugs = self._longest(words, at)
            if tag := tokens[at]["tag"]:
                slugs = self._tags.get(tag.replace("_", ""), ())
            length = max(1, length)
            for slug in slugs:
                yield slug, text[tokens[at].start() : tokens[at + length - 1].end()]
            at += length

    def _longest(self, words: list[str | None], at: int) -> tuple[int, Iterable[str]]:
        """How many words the longest phrase has that begins here, and its topics; 0 where none does."""
        node, length, slugs = self._phrases, 0, ()
        for ahead in range(at, len(words)):
            word = words[ahead]
            node = node.get(word) if word else None  # it ends at a hashtag, an address, a handle, a stop
            if node is None:
                break
            if _END in node:
                length, slugs = ahead + 1 - at, node[_END]
        return length, slugs


def _words(phrase: str) -> list[str]:
    return [word for token in _TOKEN.finditer(_folded(phrase)) if (word := token["word"])]


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
