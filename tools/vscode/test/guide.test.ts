import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commandUri, follow, guideDirectory, placeOf } from "../src/logic/guideLinks.ts";
import { panelPage } from "../src/logic/guidePage.ts";

describe("links of diagnostics", () => {
  it("name a file and an anchor", () => {
    assert.deepEqual(placeOf("file:///usr/a%20b/PERFORMANCE_TUNING.html#blocking-call-in-handler"),
      { file: "/usr/a b/PERFORMANCE_TUNING.html", anchor: "blocking-call-in-handler" });
    assert.deepEqual(placeOf("file:///x.html"), { file: "/x.html", anchor: "" });
  });
  it("to the web, or none at all, are no places", () => {
    for (const url of ["https://example.org/guide.html#a", "docs/x.md#a", "#a", ""]) assert.equal(placeOf(url), undefined);
  });
  it("become commands that keep every character of the link", () => {
    const link = `file:///a b/"x"?#y&z`;
    const uri = commandUri("nettune.openGuide", link);
    assert.match(uri, /^command:nettune\.openGuide\?[^"\s#?]*$/);
    assert.deepEqual(JSON.parse(decodeURIComponent(uri.slice(uri.indexOf("?") + 1))), [link]);
  });
});

describe("links of a page", () => {
  const follows = (href: string) => follow(href, "/guide/checks/a.html", "/guide");

  it("lead to anchors, to other pages and to copies of files", () => {
    assert.deepEqual(follows("#x"), { kind: "page", place: { file: "/guide/checks/a.html", anchor: "x" } });
    assert.deepEqual(follows("../B.html#y"), { kind: "page", place: { file: "/guide/B.html", anchor: "y" } });
    assert.deepEqual(follows("../examples/main.cpp"), { kind: "file", path: "/guide/examples/main.cpp" });
  });
  it("to the web are for the browser", () => {
    assert.deepEqual(follows("https://example.org/x#y"), { kind: "web", url: "https://example.org/x#y" });
  });
  it("lead to nothing outside the guide and to no other scheme", () => {
    for (const href of ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "command:x", "javascript:x()", "//host/guide/a.html", "../../guide2/a.html", "http:/["])
      assert.notEqual(follows(href).kind, "page", href);
    for (const href of ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "command:x", "javascript:x()", "../../guide2/a.txt"])
      assert.equal(follows(href).kind, "nowhere", href);
  });
});

describe("the guide's directory", () => {
  const having = (...directories: string[]) => (path: string) => directories.some((directory) => path === `${directory}/PERFORMANCE_TUNING.html`);

  it("is the one that is set", () => {
    assert.equal(guideDirectory("/set", "/usr/bin/nettune", having("/set", "/usr/share/doc/nettune/html")), "/set");
  });
  it("is beside the program, installed or built", () => {
    assert.equal(guideDirectory("", "/opt/bin/nettune", having("/opt/share/doc/nettune/html")), "/opt/share/doc/nettune/html");
    assert.equal(guideDirectory("", "/src/build/bin/nettune", having("/src/build/html")), "/src/build/html");
  });
  it("may be nowhere", () => {
    assert.equal(guideDirectory("/set", undefined, having()), undefined);
  });
});

describe("a page in the panel", () => {
  const html = `<html>\n<head>\n<style>a{}</style>\n</head>\n<body>\n<img src="a.svg" alt="$&"><script>bad()</script></body>\n</html>`;
  const page = panelPage(html, { nonce: "N$1", source: "https://*.webview", anchor: `a"b`, image: (source) => `webview:${source}` });

  it("allows what carries the nonce, and images of its own, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    assert.equal(policy, "default-src 'none'; style-src 'nonce-N$1'; script-src 'nonce-N$1'; img-src https://*.webview");
    assert.ok(page.indexOf("Content-Security-Policy") < page.indexOf("<style"), "the policy stands before what it governs");
  });
  it("gives the nonce to its styles and to one script, not to one that the page brings", () => {
    assert.equal(page.match(/<style nonce="N\$1">/g)?.length, 2);
    assert.equal(page.match(/<script nonce="N\$1">/g)?.length, 1);
    assert.ok(page.includes("<script>bad()"));
  });
  it("has the webview's images and the anchor, quoted", () => {
    assert.ok(page.includes(`<img src="webview:a.svg" alt="$&">`));
    assert.ok(page.includes(`<body data-anchor="a&quot;b">`));
  });
});
