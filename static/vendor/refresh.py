"""Copy the third-party files that the pages use out of node_modules, and record what they are.

Run it from anywhere after `npm ci`, with Python's fonttools and brotli; versions are those of
package.json. `manifest.json` says for each file the package, version and licence it comes from, and
its sha256; a test checks the sums.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

VENDOR = Path(__file__).parent
MODULES = VENDOR.parents[1] / "node_modules"

DIRECTIVES = ("class-map", "guard", "live", "ref", "repeat", "style-map")
LIT_MODULES = (
    "lit-html",
    "async-directive",
    "directive",
    "directive-helpers",
    *(f"directives/{name}" for name in DIRECTIVES),
)
TEXT_SUBSETS = ("latin", "latin-ext", "greek")
TEXT_FACES = ("400-normal", "400-italic", "600-normal")

# The minified build of Temml is a script that sets a variable; a last line makes it a module.
ENDINGS = {"temml.mjs": "export default temml;\n"}

# The part of a font that formulas use: letters roman, italic, bold, script and double-struck,
# Greek, operators, arrows and brackets, without hints. A page that is a file of its own holds it.
COMMON = (
    "U+20-7E,U+A0-FF,U+131,U+237,U+2B0-2FF,U+300-338,U+370-3FF,U+2000-209F,U+20D0-20F0,U+2100-214F,"
    "U+2190-21FF,U+2200-22FF,U+2300-23FF,U+25A0-25FF,U+27E6-27EF,U+27F5-27FF,U+1D400-1D467,"
    "U+1D49C-1D4CF,U+1D538-1D56B,U+1D6A4-1D71B,U+1D7CE-1D7E1"
)
PARTS = {"stix-two-math.woff2": ("stix-two-math-common.woff2", COMMON)}

LICENCES = ("LICENSE", "LICENSE.md")
# Maps of sources are not copied, so no file points at one.
_MAP = re.compile(r"\n?//# sourceMappingURL=\S+")

# What a package does not say itself: the types of what we use of it.
TYPES = {
    "gifenc.d.ts": """\
type Colours = number[][];
export function quantize(rgba: Uint8ClampedArray, most: number): Colours;
export function applyPalette(rgba: Uint8ClampedArray, colours: Colours): Uint8Array;
export function GIFEncoder(): {
  writeFrame(
    index: Uint8Array,
    width: number,
    height: number,
    options: { palette: Colours; delay: number; repeat?: number },
  ): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
};
"""
}

# package → (folder in static/vendor, {file in the package: file in the folder})
PACKAGES: dict[str, tuple[str, dict[str, str]]] = {
    "lit-html": (
        "lit-html",
        {f"{name}{end}": f"{name}{end}" for name in LIT_MODULES for end in (".js", ".d.ts")},
    ),
    "temml": (
        "temml",
        {"dist/temml.min.js": "temml.mjs", "dist/temml.d.ts": "temml.d.mts"},
    ),
    "gifenc": ("gifenc", {"dist/gifenc.esm.js": "gifenc.js"}),
    "@fontsource/stix-two-text": (
        "stix-two-text",
        {
            f"files/stix-two-text-{subset}-{face}.woff2": f"stix-two-text-{subset}-{face}.woff2"
            for subset in TEXT_SUBSETS
            for face in TEXT_FACES
        },
    ),
    "@fontsource/stix-two-math": (
        "stix-two-math",
        {"files/stix-two-math-latin-400-normal.woff2": "stix-two-math.woff2"},
    ),
    "@fontsource-variable/inter": (
        "inter",
        {
            f"files/inter-{subset}-wght-normal.woff2": f"inter-{subset}.woff2"
            for subset in TEXT_SUBSETS
        },
    ),
}


def main() -> None:
    """Replace the folders of every package in PACKAGES, and write the manifest."""
    entries = [entry for package in PACKAGES for entry in copied(package)]
    text = json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
    (VENDOR / "manifest.json").write_text(text, encoding="utf-8")


def copied(package: str) -> list[dict[str, str]]:
    """Copy one package's files and its licence; give their manifest entries."""
    folder, files = PACKAGES[package]
    about = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    shutil.rmtree(VENDOR / folder, ignore_errors=True)
    entries = []
    licence = next(name for name in LICENCES if (MODULES / package / name).is_file())
    for source, target in {**files, licence: "LICENSE"}.items():
        path = VENDOR / folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / package / source, path)
        if target in ENDINGS:
            path.write_bytes(path.read_bytes().rstrip() + b"\n" + ENDINGS[target].encode())
        if target == "gifenc.js":
            path.write_text(_MAP.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
        entries.append(_entry(package, about, path))
        if target in PARTS:
            entries.append(_entry(package, about, part(path, *PARTS[target])))
    for name in [f"{package}.d.ts"] if f"{package}.d.ts" in TYPES else []:
        (VENDOR / folder / name).write_text(TYPES[name], encoding="utf-8")
        entries.append(_entry(package, about, VENDOR / folder / name))
    return entries


def _entry(package: str, about: dict[str, str], path: Path) -> dict[str, str]:
    return {
        "name": package,
        "version": about["version"],
        "licence": about["license"],
        "file": path.relative_to(VENDOR).as_posix(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def part(font: Path, name: str, letters: str) -> Path:
    """Write a font with these letters alone beside it."""
    path = font.with_name(name)
    wish = [f"--unicodes={letters}", "--layout-features=ssty,dtls,kern", "--no-hinting"]
    kind = ["--flavor=woff2", "--name-IDs=*", f"--output-file={path}"]
    subprocess.run([sys.executable, "-m", "fontTools.subset", font, *wish, *kind], check=True)
    return path


if __name__ == "__main__":
    main()
