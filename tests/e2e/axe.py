"""axe-core's rules of WCAG 2.2, levels A and AA, run in a page and in the frames of its own server."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

_SCRIPT = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
    const options = { iframes: false, resultTypes: ["violations"], rules: { "target-size": { enabled: true } },
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] };
    const { violations, passes } = await axe.run(document, options);
    const said = (rule, node) => [rule.id, node.target.join(" "), node.html.slice(0, 200), node.failureSummary].join(": ");
    return [passes.length, violations.flatMap((rule) => rule.nodes.map((node) => said(rule, node)))];
}"""


def findings(page: Page) -> list[str]:
    """Return what violates a rule, in the page and in each of its frames, as sentences."""
    if not _SCRIPT.exists():
        pytest.fail("tests of accessibility need axe-core; run tests/e2e/install_axe.sh")
    script = _SCRIPT.read_text(encoding="utf-8")
    found: list[str] = []
    for frame in page.frames:
        frame.evaluate(script)
        passed, violations = frame.evaluate(_RUN)
        assert passed > 3, f"axe-core looked at nothing in {frame.url}"
        found += violations
    return found
