//! Text as it comes out of real editors and old blogs, and what becomes of it.

use crate::sanitized;
use afterword_core::body::{Policy, RawBody, sanitize};
use expect_test::{Expect, expect};

fn comment(html: &str, expected: Expect) {
    expected.assert_eq(&sanitized(html, &Policy::comment()).to_html());
}

fn post(html: &str, expected: Expect) {
    expected.assert_eq(&sanitized(html, &Policy::post()).to_html());
}

fn plain(text: &str, expected: Expect) {
    let body = sanitize(&RawBody::Text(text.to_owned()), &Policy::comment());
    assert_eq!(sanitized(&body.to_html(), &Policy::comment()), body);
    expected.assert_eq(&body.to_html());
}

#[test]
fn a_comment_of_wordpress() {
    comment(
        "<p>Thanks, <a href=\"https://example.org/a?b=1&#038;c=2\" rel=\"nofollow ugc\">this</a> &#8220;helped&#8221; \
         &#8230;</p>\n<blockquote cite=\"x\"><p>quoted</blockquote>\n",
        expect![[r#"
            <p>Thanks, <a href="https://example.org/a?b=1&amp;c=2" rel="ugc nofollow noopener">this</a> “helped” …</p>
            <blockquote><p>quoted</p></blockquote>
        "#]],
    );
}

#[test]
fn a_comment_of_isso_with_code() {
    comment(
        "<p>Try</p><div class=\"highlight\"><pre><code class=\"hljs language-rust\"><span class=\"k\">fn</span> \
         main() {}\n</code></pre></div>",
        expect![[r#"
            <p>Try</p><div><pre><code class="language-rust">fn main() {}
            </code></pre></div>"#]],
    );
}

#[test]
fn headings_tables_and_boxes_of_a_stranger() {
    comment(
        "<h1 id=top>Look</h1>here<h3>And <em>here</em></h3><table><thead><tr><th>a</th><th>b</th></tr></thead>\
         <tr><td>1</td><td>2</td></tr></table><details><summary>More</summary>less</details>",
        expect![
            "<p><strong>Look</strong></p>here<p><strong>And <em>here</em></strong></p><div><div>a b </div><div>1 2 </div></div><div><div>More</div>less</div>"
        ],
    );
}

#[test]
fn pictures_of_a_stranger_are_links() {
    comment(
        "<p><img src=\"https://i.example/cat.jpg?x=1\" alt=\"My cat\"> <img src=/p/dog.png> <img src=data:image/png,x \
         alt=inline> <img class=\"wp-smiley emoji\" src=https://s.example/1f600.svg alt=\"😀\"> \
         <img src=https://t.example/t.gif width=1 height=1> <a href=https://a.example/><img src=https://i.example/c/></a>",
        expect![[
            r#"<p><a href="https://i.example/cat.jpg?x=1" rel="ugc nofollow noopener">My cat</a> <a href="/p/dog.png" rel="ugc nofollow noopener">dog.png</a> inline 😀  <a href="https://a.example/" rel="ugc nofollow noopener">i.example/c/</a></p>"#
        ]],
    );
}

#[test]
fn pictures_of_allowed_hosts_are_shown() {
    let hosts = ["I.example".to_owned()];
    let html = "<img src=https://i.example:80/a.png alt=A onload=x width=20 height=10 width=30><img src=https://j.example/b.png>";
    expect![[r#"<img src="https://i.example:80/a.png" alt="A" width="20" height="10" loading="lazy"><a href="https://j.example/b.png" rel="ugc nofollow noopener">b.png</a>"#]].assert_eq(&sanitized(html, &Policy::comment().with_image_hosts(&hosts)).to_html());
}

#[test]
fn a_post_of_wordpress() {
    post(
        "<h2 class=\"wp-block-heading\">Title</h2>\n<figure class=\"wp-block-image\" id=\"fig\"><img decoding=async \
         src=\"/files/a.jpg\" srcset=\"/files/b.jpg 2x\" alt=\"A hill\" width=\"640\" height=\"480\" style=\"x\"/>\
         <figcaption>A <strong>hill</strong></figcaption></figure>\n<p>Text<sup><a href=\"#fn:1\" id=fnref>1</a></sup> \
         <span id=\"more-7\"></span><font color=red>more</font></p>\n<ol start=3><li id=\"fn:1\">Note <a href=\"#fnref\">\
         back</a> <a href=#comments>all</a>\n<li>Next</ol>",
        expect![[r##"
            <h2>Title</h2>
            <figure id="post-fig"><img src="/files/a.jpg" alt="A hill" width="640" height="480" loading="lazy"><figcaption>A <strong>hill</strong></figcaption></figure>
            <p>Text<sup><a href="#post-fn:1" id="post-fnref">1</a></sup> <span id="post-more-7"></span>more</p>
            <ol start="3"><li id="post-fn:1">Note <a href="#post-fnref">back</a> <a href="#comments">all</a>
            </li><li>Next</li></ol>"##]],
    );
}

#[test]
fn a_table_in_a_post() {
    post(
        "<table class=x><caption>Sums</caption><colgroup><col width=10></colgroup>\n<tr><th scope=col>a<th>b</tr>\n<tr><td \
         colspan=2 bgcolor=red>1<p>2</table>after<table>stray<tr>x<td>y</table>",
        expect![[
            r#"<table><caption>Sums</caption><tbody><tr><th scope="col">a</th><th>b</th></tr><tr><td colspan="2">1<p>2</p></td></tr></tbody></table>after<table><tbody><tr><td>stray</td></tr><tr><td>x</td><td>y</td></tr></tbody></table>"#
        ]],
    );
}

#[test]
fn players_of_a_post() {
    post(
        "<p><iframe width=560 src=\"https://video.example/embed/1\" title=\"A talk\" allowfullscreen></iframe></p>\
         <object data=https://old.example/v.swf><param name=movie value=https://old.example/v.swf><embed \
         src=https://old.example/v.swf></object><video src=/films/a.mp4 poster=p.jpg width=640 autoplay><track \
         src=a.vtt kind=captions srclang=de label=Deutsch>No video.</video><audio><source src=b.ogg type=audio/ogg>\
         <source src=https://x.example/b.mp3></audio><video><source src=https://x.example/c.mp4>no</video>",
        expect![[
            r#"<p><a href="https://video.example/embed/1" rel="noopener">A talk</a></p><p><a href="https://old.example/v.swf" rel="noopener">old.example/v.swf</a></p><video src="/films/a.mp4" poster="p.jpg" width="640" controls=""><track src="a.vtt" kind="captions" srclang="de" label="Deutsch"></video><audio controls=""><source src="b.ogg" type="audio/ogg"></audio><p><a href="https://x.example/c.mp4" rel="noopener">x.example/c.mp4</a></p>"#
        ]],
    );
}

#[test]
fn players_of_a_stranger() {
    comment(
        "<iframe src=//v.example/1></iframe><video src=/a.mp4>x</video><audio src=https://b.example/c.mp3>",
        expect![[
            r#"<p><a href="/a.mp4" rel="ugc nofollow noopener">/a.mp4</a></p><p><a href="https://b.example/c.mp3" rel="ugc nofollow noopener">b.example/c.mp3</a></p>"#
        ]],
    );
}

#[test]
fn old_markup_of_an_old_blog() {
    post(
        "<CENTER><FONT SIZE=+2>Hi</FONT></CENTER><a name=top></a>one<br/>two</br><tt>x</tt><strike>y</strike><acronym \
         title=World>WWW</acronym><xmp><b></xmp><dir><li>a<li>b</dir><p>p1<p>p2<div>d</p></div><a \
         href=//host.example/x>h</a><a href=#top>up</a>",
        expect![[
            r##"<div>Hi</div><span id="post-top"></span>one<br>two<br><code>x</code><s>y</s><abbr title="World">WWW</abbr><pre>&lt;b&gt;</pre><ul><li>a</li><li>b</li></ul><p>p1</p><p>p2</p><div>d</div><a href="https://host.example/x" rel="noopener">h</a><a href="#post-top">up</a>"##
        ]],
    );
}

#[test]
fn misnested_markup() {
    comment("<b>bold <i>both</b> italic</i> none", expect!["<b>bold <i>both</i></b><i> italic</i> none"]);
    comment("<p><b>a<p>b</b>c", expect!["<p><b>a</b></p><p>bc</p>"]);
    comment("<b><div>a</b>b</div>c", expect!["<b><div>ab</div></b>c"]);
    comment(
        "<a href=/1>one<a href=/2>two</a>three</a>",
        expect![[
            r#"<a href="/1" rel="ugc nofollow noopener">one</a><a href="/2" rel="ugc nofollow noopener">two</a>three"#
        ]],
    );
    comment("<ul><li>a<ul><li>b</ul><li>c</ul>d", expect!["<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d"]);
    comment("<span>a<span lang=fr>b<span>c</span>d</span>e</span>f", expect![[r#"a<span lang="fr">bcd</span>ef"#]]);
}

#[test]
fn other_scripts() {
    comment(
        "<p dir=RTL lang=he>שלום <bdo dir=ltr>abc</bdo></p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>",
        expect![[
            r#"<p dir="rtl" lang="he">שלום <bdo dir="ltr">abc</bdo></p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>"#
        ]],
    );
}

#[test]
fn plain_text() {
    plain(
        "One\r\ntwo\n\n\n  three <b> & \"four\"\n",
        expect![[r#"<p>One<br>two</p><p>  three &lt;b&gt; &amp; "four"</p>"#]],
    );
    plain(
        "see https://example.org/a_(b), (http://example.org/c?d=e&f). \"HTTPS://EXAMPLE.ORG\"; \
         javascript://x xhttp://no.example http:// https://user@evil.example/ https://한국.example/길。끝",
        expect![[
            r#"<p>see <a href="https://example.org/a_(b)" rel="ugc nofollow noopener">https://example.org/a_(b)</a>, (<a href="http://example.org/c?d=e&amp;f" rel="ugc nofollow noopener">http://example.org/c?d=e&amp;f</a>). "<a href="HTTPS://EXAMPLE.ORG" rel="ugc nofollow noopener">HTTPS://EXAMPLE.ORG</a>"; javascript://x xhttp://no.example http:// https://user@evil.example/ <a href="https://한국.example/길" rel="ugc nofollow noopener">https://한국.example/길</a>。끝</p>"#
        ]],
    );
    plain("", expect![""]);
}

#[test]
fn text_and_emptiness() {
    let text = |html: &str| sanitized(html, &Policy::post()).text();
    assert_eq!(text("<p>a\n b</p> <p>c<br>d</p><ul><li>e<li>f</ul>g"), "a b\nc\nd\ne\nf\ng");
    assert_eq!(text("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc");
    assert_eq!(text("<pre>a\n  b</pre>x <img src=y.png alt=z>"), "a\n  b\nx z");
    for (html, is_empty) in [
        ("", true),
        ("<p> </p><br>", true),
        ("<script>x</script>", true),
        ("&amp;", false),
        ("<hr>", false),
        ("<img src=a.png>", false),
    ] {
        assert_eq!(sanitized(html, &Policy::post()).is_empty(), is_empty, "{html:?}");
    }
}
