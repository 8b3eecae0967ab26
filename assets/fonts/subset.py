#!/usr/bin/env python3
"""Makes the bundled fonts and `src/ui/icons.rs`; README.md says where the sources come from.

usage: subset.py SOURCES, where SOURCES holds the unpacked packages:
    inter/           npm @expo-google-fonts/inter
    jetbrains-mono/  npm @expo-google-fonts/jetbrains-mono
    phosphor/        npm @phosphor-icons/web
    noto-emoji/      npm @expo-google-fonts/noto-emoji
    wqy-microhei.ttc from Debian's fonts-wqy-microhei
    NotoSansCJK-Regular.ttc from Debian's fonts-noto-cjk
Needs fonttools.
"""

import json
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
ICONS_RS = HERE.parent.parent / "src" / "ui" / "icons.rs"

# Never U+E000..F8FF: Inter has glyphs there that would hide the icons.
WESTERN = [
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x018F, 0x018F), (0x0192, 0x0192),
    (0x0218, 0x021B), (0x0259, 0x0259), (0x02C6, 0x02DD), (0x0370, 0x03FF),
    (0x0400, 0x045F), (0x0490, 0x0491), (0x1E9E, 0x1E9E), (0x2000, 0x200B),
    (0x2010, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044), (0x2070, 0x208E),
    (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2199),
    (0x21A9, 0x21B5), (0x21D0, 0x21D5), (0x21E7, 0x21E7), (0x2202, 0x2265),
    (0x2318, 0x2325), (0x232B, 0x232B), (0x23CE, 0x23CF), (0x2500, 0x257F),
    (0x2580, 0x259F), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x2713, 0x2717),
    (0xFFFD, 0xFFFD),
]

EAST_ASIAN = [
    (0x0020, 0x007E), (0x2460, 0x24FF), (0x2E80, 0x2FDF), (0x3000, 0x30FF),
    (0x3100, 0x312F), (0x3131, 0x318E), (0x31F0, 0x31FF), (0x3200, 0x33FF),
    (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
]

# Only the planes above the basic one: the text faces have the Han below.
RARE_HAN = [(0x20000, 0x323AF)]
# In HKSCS, but also in the table of general standard Chinese characters.
GENERAL_HAN = {0x20676, 0x21413, 0x25562, 0x25ED7, 0x2648D, 0x26C21, 0x27FF9}

EMOJI = [
    (0x203C, 0x203C), (0x2049, 0x2049), (0x20E3, 0x20E3), (0x2139, 0x2139),
    (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x27BF), (0x2934, 0x2935),
    (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF),
]
# Joiner, variation selectors, tags: they only join or vary what is beside them.
EMOJI_INVISIBLE = [(0x200D, 0x200D), (0xFE0E, 0xFE0F), (0xE0020, 0xE007F)]

ICONS = """
arrow-clockwise arrow-down arrow-elbow-down-right arrow-left arrow-line-up arrow-right
arrow-square-out arrow-u-up-left arrow-up arrows-down-up arrows-out-simple
bookmark-simple brackets-curly caret-down caret-left caret-right caret-up chart-bar check
clipboard-text clock clock-counter-clockwise cloud-arrow-down columns copy desktop dots-three
export eye eye-slash file file-arrow-down file-code files film-strip flag floppy-disk
folder-open funnel-simple gauge gear-six globe hash image image-broken info key keyboard
link list-bullets lock-simple lock-simple-open magnifying-glass minus moon package pause play
plus prohibit question rows shield-check sidebar-simple sort-ascending sort-descending
speaker-high stack stop sun tag terminal-window text-t timer translate trash tray
tree-structure warning wrench x
""".split()

ICONS_HEAD = '''//! Icon characters of the bundled Phosphor subset, to be drawn in the family
//! [`crate::ui::fonts::icons`]. Written by `assets/fonts/subset.py`; change the list there.
#![allow(
    dead_code,
    reason = "the list is that of the font file, not of what is drawn today"
)]

'''


def expand(ranges):
    return {code for first, last in ranges for code in range(first, last + 1)}


def decodable(encoding, keep):
    """Characters of a two-byte encoding for which `keep` holds."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                char = bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(char) == 1 and keep(ord(char)):
                found.add(ord(char))
    return found


def east_asian():
    gbk = decodable("gbk", lambda code: not 0xE000 <= code <= 0xF8FF)
    hangul = decodable("euc_kr", lambda code: 0xAC00 <= code <= 0xD7A3)
    return expand(EAST_ASIAN) | gbk | hangul


def encodable(encoding, codes):
    def has(code):
        try:
            return bool(chr(code).encode(encoding))
        except UnicodeEncodeError:
            return False

    return {code for code in codes if has(code)}


def rare_han():
    """Without what Hong Kong alone uses, which is two thirds of the face's."""
    codes = expand(RARE_HAN)
    return codes - encodable("big5hkscs", codes) | encodable("euc_jis_2004", codes) | GENERAL_HAN


def cut(source, codes, features=(), number=-1):
    """The font with only `codes`, unhinted, with only the layout `features` named."""
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = list(features)
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 5, 13, 14]
    options.drop_tables += ["vmtx", "vhea", "BASE", "STAT", "VORG"]
    if not features:
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    # Dates would make each run differ.
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def save(font, *path):
    target = HERE.joinpath(*path)
    target.parent.mkdir(exist_ok=True)
    font.save(target)
    print(target.relative_to(HERE), target.stat().st_size, len(font.getBestCmap()))
    return target


def save_packed(font, *path):
    face = save(font, *path)
    packed = face.with_suffix(face.suffix + ".zlib")
    packed.write_bytes(zlib.compress(face.read_bytes(), 9))
    face.unlink()
    print(packed.relative_to(HERE), packed.stat().st_size)


def emoji(source):
    invisible = expand(EMOJI_INVISIBLE)
    font = cut(source, expand(EMOJI) | invisible)
    empty = font.getBestCmap()[0x200D]
    for table in font["cmap"].tables:
        if table.format == 12:
            table.cmap.update(dict.fromkeys(invisible, empty))
    return font


def icon_codes(sources):
    """Name to code point, as Phosphor's own selection file gives it."""
    selection = json.loads((sources / "phosphor/src/regular/selection.json").read_text())
    # An icon that was renamed has its names in one string.
    known = {
        name: icon["properties"]["code"]
        for icon in selection["icons"]
        for name in icon["properties"]["name"].split(", ")
    }
    return {name: known[name] for name in sorted(ICONS)}


def constant(name, code):
    return f'pub(crate) const {name.upper().replace("-", "_")}: &str = "\\u{{{code:X}}}";\n'


def main(sources):
    western = expand(WESTERN)
    for folder, weight in [("400Regular", "Regular"), ("500Medium", "Medium"), ("600SemiBold", "SemiBold")]:
        face = sources / "inter" / folder / f"Inter_{folder}.ttf"
        save(cut(face, western, ["kern"]), "inter", f"Inter-{weight}.ttf")
    # Without layout tables there are no ligatures, which is what sets the NL face apart.
    mono = sources / "jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf"
    save(cut(mono, western), "jetbrains-mono", "JetBrainsMonoNL-Regular.ttf")
    icons = icon_codes(sources)
    save(cut(sources / "phosphor/src/regular/Phosphor.ttf", icons.values()), "phosphor", "Phosphor-Regular.ttf")
    ICONS_RS.write_text(ICONS_HEAD + "".join(constant(*icon) for icon in icons.items()))
    save_packed(cut(sources / "wqy-microhei.ttc", east_asian(), number=0), "wqy-microhei", "WQYMicroHei.ttf")
    # Face 2 draws Han as in mainland China.
    han = cut(sources / "NotoSansCJK-Regular.ttc", rare_han(), number=2)
    save_packed(han, "noto-sans-cjk", "NotoSansCJKsc-Rare.otf")
    face = sources / "noto-emoji/400Regular/NotoEmoji_400Regular.ttf"
    save_packed(emoji(face), "noto-emoji", "NotoEmoji-Regular.ttf")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
