"""Copy the third-party files that the pages use out of node_modules, and record what they are.

Run it from anywhere after `npm ci`; versions are those of package.json. `manifest.json` says for
each file the package, version and licence it comes from, and its sha256; a test checks the sums.
"""

import hashlib
import json
import shutil
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
    for source, target in {**files, "LICENSE": "LICENSE"}.items():
        path = VENDOR / folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / package / source, path)
        if target in ENDINGS:
            path.write_bytes(path.read_bytes().rstrip() + b"\n" + ENDINGS[target].encode())
        entries.append(
            {
                "name": package,
                "version": about["version"],
                "licence": about["license"],
                "file": f"{folder}/{target}",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        )
    return entries


if __name__ == "__main__":
    main()
