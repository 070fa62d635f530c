//! Tag soup: whatever is thrown in, our tree is one that html5ever agrees with, and no text is lost, doubled or moved.

use crate::reference::{own_visible, visible};
use crate::sanitized;
use afterword_core::body::{BODY_DEPTH_MAX, Event, Policy};
use proptest::prelude::*;

/// Names whose text html5ever and we treat alike. Left out: `select` (its rules are in flux), `col` in `template`
/// (which makes a parser ignore raw text), `svg` and `math` (other names mean other things there), and what becomes a
/// link with a text of its own.
const NAMES: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "colgroup",
    "dd",
    "del",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "li",
    "listing",
    "main",
    "mark",
    "marquee",
    "nobr",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "unknown",
    "wbr",
    "xmp",
];

fn name() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(NAMES)
}

/// Structure that goes wrong most often, so that it is tried most often.
fn structural() -> impl Strategy<Value = &'static str> {
    let names = ["p", "b", "i", "a", "li", "ul", "div", "table", "tr", "td", "span", "h2", "code", "pre", "ruby", "rt"];
    proptest::sample::select(names.to_vec())
}

fn attributes() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "",
        "",
        "",
        " href=x",
        " href='#a'",
        " href=\"https://example.org/?a&amp;b\"",
        " id=a",
        " id='post-a'",
        " lang=en",
        " class='x language-rust'",
        " title=\"a\nb&#13;&quot;&lt;\"",
        " href=javascript:x",
        " onclick=x",
        " href=//h/ id=b",
        " lang=en lang=de dir=RTL",
        " name=n",
        "/",
        " /",
        " x='>'",
        " start=3 reversed",
        " colspan=2 open",
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,3}",
        proptest::sample::select(vec![
            " ",
            "\n",
            "\r\n",
            "\t",
            "&amp;",
            "&lt;b&gt;",
            "&#x41",
            "&nbsp;",
            "&copy",
            "< ",
            "<",
            "&",
            "é",
            "\u{feff}",
            "&#13;",
            "&#0;",
            "\0",
            "<!-- c -->",
            "<!-->",
            "<!x>",
            "<?y>",
            "</>",
            "&eacute;",
            "--",
            "]]>",
            "\u{202e}",
        ])
        .prop_map(str::to_owned),
    ]
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => text(),
        3 => (structural(), attributes()).prop_map(|(name, attributes)| format!("<{name}{attributes}>")),
        3 => structural().prop_map(|name| format!("</{name}>")),
        2 => (name(), attributes()).prop_map(|(name, attributes)| format!("<{name}{attributes}>")),
        2 => name().prop_map(|name| format!("</{name}>")),
    ]
}

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

/// Everything, also what is left out above, and halves of tags.
fn wild_soup() -> impl Strategy<Value = String> {
    let wild = proptest::sample::select(vec![
        "<svg>",
        "</svg>",
        "<math>",
        "<select>",
        "<option>",
        "<img src=a.png alt=x>",
        "<img src=https://h/p.png>",
        "<iframe src=https://h/p>",
        "<embed src=/x>",
        "<video src=a.mp4>",
        "<video>",
        "</video>",
        "<source src=b.mp4>",
        "<track src=c.vtt kind=captions>",
        "<audio src=https://h/a.mp3>",
        "<plaintext>",
        "<![CDATA[",
        "]]>",
        "<a href='",
        "\"",
        "'",
        ">",
        "<!--",
        "-->",
        "<script",
        "</scr",
        "<mtext>",
        "<foreignObject>",
        "<image alt=y>",
        "<col>",
        "<frameset>",
        "<isindex>",
        "<object data=/o>",
        "<param name=movie value=/m>",
    ]);
    let piece = prop_oneof![3 => piece(), 1 => wild.prop_map(str::to_owned), 1 => ".{0,3}"];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn depth(body: &afterword_core::body::Body) -> usize {
    let mut depth = 0;
    let mut deepest = 0;
    for event in body.events() {
        match event {
            Event::Open(element) => depth += usize::from(!element.tag.is_void()),
            Event::Close(tag) => depth -= usize::from(!tag.is_void()),
            Event::Text(_) => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

proptest! {
    // 256 cases in the tests of every day; PROPTEST_CASES makes it more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_gives_a_tree_that_stays_what_it_is(html in wild_soup()) {
        for policy in [Policy::comment(), Policy::post()] {
            prop_assert!(depth(&sanitized(&html, &policy)) <= BODY_DEPTH_MAX);
        }
    }

    #[test]
    fn no_text_is_lost_doubled_or_moved(html in soup()) {
        let expected = visible(&html);
        for policy in [Policy::comment(), Policy::post()] {
            let found = own_visible(&sanitized(&html, &policy));
            // Browsers move text out of tables; we leave it where it stands.
            if html.contains("<table") {
                prop_assert_eq!(sorted(&found), sorted(&expected));
            } else {
                prop_assert_eq!(&found, &expected);
            }
        }
    }
}
