//! What has got scripts past other sanitizers. The tree can hold no script at all; so what is tested is that nothing
//! changes when it is parsed again, that every name is on the list, and that honest text around survives.

use crate::{reference, sanitized};
use afterword_core::body::{Attr, Policy, Tag};

const CORPUS: &[&str] = &[
    // Scripts and handlers, plainly.
    "<script>alert(1)</script>",
    "<ScRiPt\n>alert(1)</sCrIpT\t>",
    "<script src=//evil.example></script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<body onload=alert(1)><html onclick=x>",
    "<details open ontoggle=alert(1)>",
    "<p style=\"background:url(javascript:alert(1))\" class=admin onmouseover=alert(1)>a</p>",
    "<input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>b",
    "<a href=javascript&colon;alert(1)>a</a><a href=\"jav&#x09;ascript:alert(1)\">b</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD4=>a</a>",
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example><style>@import '//evil.example'</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)><embed src=data:text/html,x>",
    "<form action=javascript:alert(1)><form><input type=submit>",
    "<div id=location name=cookie><img name=getElementById><form name=body>",
    // Other namespaces.
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><script/>alert(1)</svg>",
    "<svg><style><img src=x onerror=alert(1)></style>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text x=20 y=20>a</text></a>",
    "<svg><foreignObject><p>a</p><iframe src=x></foreignObject></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x'><script>alert(1)</script></svg>#x\" />",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mi><table><mi><mglyph><svg><mtext><textarea><a title=\"</textarea><img src onerror=alert(1)>\">",
    // What means something else the second time.
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    "<template><s><template><s><img src=x onerror=alert(1)>@shafigullin</s></template></s></template>a",
    "<textarea></textarea ><img src=x onerror=alert(1)>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
    "<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<select><script>alert(1)</script><iframe></select>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;img&amp;gt;</p>",
    "<img alt=\"`><script>alert(1)</script>\"><img alt=\"&quot;><script>alert(1)</script>\">",
    "<a title='\"><img src=x onerror=alert(1)>' href=x>a</a>",
    "<pre>\n\n<code>\n\n</pre><textarea>\n\na",
    // Comments and sections that end elsewhere for someone.
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!-- <!-- --> <b>a</b> -->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><image xlink:href=\"]]><img src=x onerror=alert(1)//\"></svg>",
    "<?xml version='1.0'?><?php echo '>' ?>a",
    "<!DOCTYPE html [<!ENTITY x '<script>'>]>&x;",
    "<script><!--<script></script>alert(1)</script>a",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "</ <img src=x onerror=alert(1)> a",
    // Cut and odd bytes.
    "<img src=x onerror=alert(1)",
    "<a href=\"x",
    "<\0script>alert(1)</script><scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x\0 o\0nerror=alert(1)>",
    "\u{feff}<b>a\0b</b>",
    "<b\u{b}onclick=x>a</b\u{a0}>",
    "<b\u{2028}>a</b>",
    "<ſcript>alert(1)</ſcript><İmg src=x>",
    // Structure that parsers mend.
    "<table><img src=x onerror=alert(1)><tr><td>a</table>",
    "<table><td><table></td><b>a</table></table>",
    "<table><caption><table><caption>a",
    "<a href=/1><table><td><a href=/2>a</a></table></a>",
    "<a href=/1><div><a href=/2>a</a></div></a>",
    "<b><b><b><b><b>a</b></b></b></b></b>",
    "<p><b><i><u></p><p>a</u></i></b>",
    "<nobr><b><nobr><i><nobr>a",
    "<li><div><li><p><li>a",
    "<dd><b><dt><i><dd>a",
    "<h1><h2><h3>a</h1></h2></h3>",
    "<ruby><rt><ruby><rp><p><rt>a",
    "<video><source onerror=alert(1)><img src=x onerror=alert(1)></video>a",
    "<audio src=x onerror=alert(1)>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<a href=x target=_blank ping=//evil.example download>a</a>",
    "<keygen autofocus onfocus=alert(1)><marquee onstart=alert(1)>a</marquee>",
    "<a href='#\" onclick=\"alert(1)'>a</a>",
    "<a lang='en\" onclick=\"alert(1)' dir='ltr onclick=x'>a</a>",
    "<code class='language-x\" onclick=\"alert(1)'>a</code>",
];

#[test]
fn nothing_hostile_survives() {
    for html in CORPUS {
        for policy in [Policy::comment(), Policy::post()] {
            check(html, &policy);
            // Within other markup, where parsers are in another mode.
            for (before, after) in [
                ("<p>", "</p>z"),
                ("<table><tr><td>", "</table>z"),
                ("<table>", "z"),
                ("<svg>", "z"),
                ("<b><a href=/x>", "z"),
                ("<pre>", "z"),
                ("<math><mtext>", "z"),
                ("<select>", "z"),
            ] {
                check(&format!("{before}{html}{after}"), &policy);
            }
        }
    }
}

fn check(html: &str, policy: &Policy) {
    let written = sanitized(html, policy).to_html();
    for step in reference::parsed(&written) {
        let reference::Step::Open(name, attrs) = step else { continue };
        assert!(Tag::ALL.iter().any(|tag| tag.name() == name), "{html:?} gave <{name}>");
        for (attr, value) in attrs {
            assert!(Attr::ALL.iter().any(|known| known.name() == attr), "{html:?} gave {attr}");
            if matches!(attr.as_str(), "href" | "src" | "poster") {
                assert!(!value.contains("script:") && !value.contains("data:"), "{html:?} gave {value:?}");
            }
        }
    }
}

#[test]
fn honest_text_survives_among_hostile() {
    for html in [
        "<script>x</script>a",
        "<svg><script/>a",
        "<p onclick=x>a",
        "<!-->a",
        "<style></style>a",
        "<x><y>a",
        "<iframe></iframe>a",
        "<a href=javascript:x>a</a>",
        "<template>x</template>a",
        "<video>x</video>a",
        "<object>a</object>",
        "<noscript>a</noscript>",
        "<title>x</title>a",
        "<math><mi>a</mi></math>",
    ] {
        for policy in [Policy::comment(), Policy::post()] {
            assert_eq!(sanitized(html, &policy).text(), "a", "{html}");
        }
    }
}
