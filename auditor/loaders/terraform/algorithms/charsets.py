"""Character sets by the names that IANA registered."""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
utf-8 utf-8 csutf8
utf-16 utf-16 csutf16
utf-16be utf-16be csutf16be
utf-16le utf-16le csutf16le
ascii us-ascii iso-ir-6 ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us us ibm367 cp367 csascii
iso8859-1 iso-8859-1 iso_8859-1:1987 iso-ir-100 iso_8859-1 latin1 l1 ibm819 cp819 csisolatin1
iso8859-2 iso-8859-2 iso_8859-2:1987 iso-ir-101 iso_8859-2 latin2 l2 csisolatin2
iso8859-3 iso-8859-3 iso_8859-3:1988 iso-ir-109 iso_8859-3 latin3 l3 csisolatin3
iso8859-4 iso-8859-4 iso_8859-4:1988 iso-ir-110 iso_8859-4 latin4 l4 csisolatin4
iso8859-5 iso-8859-5 iso_8859-5:1988 iso-ir-144 iso_8859-5 cyrillic csisolatincyrillic
iso8859-6 iso-8859-6 iso_8859-6:1987 iso-ir-127 iso_8859-6 ecma-114 asmo-708 arabic csisolatinarabic
iso8859-7 iso-8859-7 iso_8859-7:1987 iso-ir-126 iso_8859-7 elot_928 ecma-118 greek greek8 csisolatingreek
iso8859-8 iso-8859-8 iso_8859-8:1988 iso-ir-138 iso_8859-8 hebrew csisolatinhebrew
iso8859-9 iso-8859-9 iso_8859-9:1989 iso-ir-148 iso_8859-9 latin5 l5 csisolatin5
iso8859-10 iso-8859-10 iso-ir-157 l6 iso_8859-10:1992 csisolatin6 latin6
iso8859-13 iso-8859-13 csiso885913
iso8859-14 iso-8859-14 iso-ir-199 iso_8859-14:1998 iso_8859-14 latin8 iso-celtic l8 csiso885914
iso8859-15 iso-8859-15 iso_8859-15 latin-9 csiso885915
iso8859-16 iso-8859-16 iso-ir-226 iso_8859-16:2001 iso_8859-16 latin10 l10 csiso885916
cp1250 windows-1250 cswindows1250
cp1251 windows-1251 cswindows1251
cp1252 windows-1252 cswindows1252
cp1253 windows-1253 cswindows1253
cp1254 windows-1254 cswindows1254
cp1255 windows-1255 cswindows1255
cp1256 windows-1256 cswindows1256
cp1257 windows-1257 cswindows1257
cp1258 windows-1258 cswindows1258
shift_jis shift_jis ms_kanji csshiftjis
euc_jp euc-jp extended_unix_code_packed_format_for_japanese cseucpkdfmtjapanese
iso2022_jp iso-2022-jp csiso2022jp
euc_kr euc-kr cseuckr
gbk gbk cp936 ms936 windows-936 csgbk
gb18030 gb18030 csgb18030
hz hz-gb-2312
big5 big5 csbig5
koi8-r koi8-r cskoi8r
koi8-u koi8-u cskoi8u
cp437 ibm437 cp437 437 cspc8codepage437
cp850 ibm850 cp850 850 cspc850multilingual
cp852 ibm852 cp852 852 cspcp852
cp855 ibm855 cp855 855 csibm855
cp858 ibm00858 ccsid00858 cp00858 pc-multilingual-850+euro csibm00858
cp860 ibm860 cp860 860 csibm860
cp862 ibm862 cp862 862 cspc862latinhebrew
cp863 ibm863 cp863 863 csibm863
cp865 ibm865 cp865 865 csibm865
cp866 ibm866 cp866 866 csibm866
cp037 ibm037 cp037 ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-wt ebcdic-cp-nl csibm037
cp1047 ibm1047 ibm-1047
cp1140 ibm01140 ccsid01140 cp01140 ebcdic-us-37+euro csibm01140
mac_roman macintosh mac csmacintosh
"""
"""Python's name, then the registered names."""

_OPEN_SYSTEMS: Final = bytes.maketrans(b"\xad\xba\xbd\xbb\x5f\xb0", b"\xba\xad\xbb\xbd\xb0\x5f")
"""Code page 1047 is 037 with three pairs swapped; Python has no codec for it."""

_found: dict[str, str] = {}


def codec(name: str) -> str | None:
    """Python's name of a character set; None when terraform does not support it."""
    if not _found:
        for line in _NAMES.strip().split("\n"):
            python, *names = line.split()
            _found.update(dict.fromkeys(names, python))
    return _found.get(name.lower())


def encode_text(text: str, python: str) -> bytes | None:
    """The bytes of a text; None when the character set lacks one of its characters."""
    try:
        if python == "utf-16":
            return b"\xfe\xff" + text.encode("utf-16-be")
        if python == "cp1047":
            return text.encode("cp037").translate(_OPEN_SYSTEMS)
        return text.encode(python).removesuffix(b"~}" if python == "hz" else b"")
    except UnicodeError:
        return None


def decode_text(data: bytes, python: str) -> str | None:
    """The text of bytes; None when they are none in this character set."""
    if python == "utf-16":
        python = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
        data = data[2:] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    try:
        text = data.translate(_OPEN_SYSTEMS).decode("cp037") if python == "cp1047" else data.decode(python)
    except UnicodeError:
        return None
    return None if "\ufffd" in text else text
