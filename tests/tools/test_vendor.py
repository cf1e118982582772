"""What we ship of others is what we said it is, with its licence beside it."""

import re

from tools import vendor

WRITTEN = re.compile(r"\butrecht-([a-z0-9]+(?:-[a-z0-9]+)*)")


def test_every_vendored_file_has_the_listed_digest():
    assert vendor.LIST.read_text("utf-8") == vendor.digests()


def test_every_vendored_package_keeps_its_licence():
    folders = {path.parent for path in vendor.vendored()}
    assert [f for f in folders if not any(p.name.startswith("LICENSE") for p in f.iterdir())] == []


def test_a_component_is_kept_only_with_all_the_components_its_selector_names():
    css = ".utrecht-link { a: 1; } .utrecht-tooltip .utrecht-link { a: 2; } @media print { .utrecht-link--x { a: 3; } }"
    assert "".join(vendor.cut(css).split()) == ".utrecht-link{a:1;}@mediaprint{.utrecht-link--x{a:3;}}"


def test_tokens_follow_their_references():
    declared = {"--a": "var(--b)", "--b": "1px", "--c": "2px"}
    assert vendor.needed_tokens([".x { top: var(--a, 0) }"], declared) == {"--a": "var(--b)", "--b": "1px"}


def test_every_class_of_the_design_system_we_write_is_vendored():
    package = vendor.STATIC.parent
    pages = [p for p in package.rglob("*") if p.suffix in {".html", ".py", ".js"} and "vendor" not in p.parts]
    written = {name for page in pages for name in WRITTEN.findall(page.read_text("utf-8"))}
    assert written - vendor.COMPONENTS == {"theme"}  # the class of a theme, as in the example of a setting
