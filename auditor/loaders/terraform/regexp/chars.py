"""Sets of characters, by range, class and property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from auditor.loaders.terraform.regexp import Unsupported
from auditor.loaders.terraform.types import EvaluationError

POSIX: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\x00-\x7f",
    "blank": "\t ",
    "cntrl": "\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@[-`{-~",
    "space": "\t-\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
PERL: Final = {"d": "0-9", "s": "\t\n\f\r ", "w": "0-9A-Za-z_"}
_SCRIPTS: Final = {
    "Arabic": "ARABIC ",
    "Cyrillic": "CYRILLIC ",
    "Devanagari": "DEVANAGARI ",
    "Greek": "GREEK ",
    "Han": "CJK ",
    "Hangul": "HANGUL ",
    "Hebrew": "HEBREW ",
    "Hiragana": "HIRAGANA ",
    "Katakana": "KATAKANA ",
    "Latin": "LATIN ",
    "Thai": "THAI ",
}
_OTHER_SCRIPTS: Final = """
Adlam Ahom Anatolian_Hieroglyphs Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid
Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Deseret
Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Gujarati Gunjala_Gondi
Gurmukhi Hanifi_Rohingya Hanunoo Hatran Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada
Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Lao Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar
Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi
Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki
Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya
Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham
SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil
Tangsa Tangut Telugu Thaana Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square
"""
"""Scripts whose characters Python cannot tell."""
_CATEGORIES: Final = "C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs"
"""General categories, and their groups."""


def problem(what: str, part: str) -> EvaluationError:
    """The error of a pattern that is not valid."""
    return EvaluationError(f"error parsing regexp: {what}: `{part}`")


class CharSet:
    """A set of characters: ranges, predicates, and whether the set is what these leave out."""

    def __init__(self, ranges: str = "", *, negated: bool = False, fold: bool = False) -> None:
        self.ranges: list[tuple[str, str]] = []
        self.tests: list[Callable[[str], bool]] = []
        self.negated = negated
        self.fold = fold
        self._known: dict[str, bool] = {}
        index = 0
        while index < len(ranges):
            is_range = ranges[index + 1 : index + 2] == "-" and index + 2 < len(ranges)
            self.ranges.append((ranges[index], ranges[index + 2] if is_range else ranges[index]))
            index += 3 if is_range else 1

    def __contains__(self, char: str) -> bool:
        found = self._known.get(char)
        if found is None:
            chars = orbit(char) if self.fold else (char,)
            found = any(self._has(one) for one in chars) != self.negated
            self._known[char] = found
        return found

    def _has(self, char: str) -> bool:
        return any(low <= char <= high for low, high in self.ranges) or any(test(char) for test in self.tests)


def orbit(char: str) -> set[str]:
    """The characters that differ from one only in case."""
    small = char.lower()
    found = {char, small, char.upper(), char.title(), char.upper().lower(), small.upper(), _ODD.get(small, "")}
    return {one for one in found if len(one) == 1}


_ODD: Final = {
    "k": "\u212a",
    "s": "\u017f",
    "\u00e5": "\u212b",
    "\u03c9": "\u2126",
    "\u03b8": "\u03f4",
    "\u03c3": "\u03c2",
    "\u00df": "\u1e9e",
}


def tester(chars: CharSet) -> Callable[[str], bool]:
    """Whether a character is in a set, as a test of another set."""
    return lambda char: char in chars


def property_test(name: str, negated: bool, text: str) -> Callable[[str], bool]:
    """Whether a character has a property, such as `L` or `Greek`, as a test; `text` is how the pattern says it."""
    from unicodedata import category
    from unicodedata import name as name_of

    if name == "Any":
        return lambda _: not negated
    if name in _CATEGORIES.split():
        return lambda char: category(char).startswith(name) != negated
    if name in _SCRIPTS:
        return lambda char: name_of(char, "").startswith(_SCRIPTS[name]) != negated
    if name in _OTHER_SCRIPTS.split():
        raise Unsupported(text)
    raise problem("invalid character class range", text)
