//! Size: every input takes time in proportion to its length, and nothing nests too deep.

use afterword_core::body::{BODY_DEPTH_MAX, Body, Node, Policy, RawBody, RawHtml, sanitize, sanitize_up_to};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

fn timed(html: &str) -> (Body, Duration) {
    let raw = RawBody::Html(RawHtml::new(html));
    let start = cpu_time();
    let body = sanitize(&raw, &Policy::post());
    (body, cpu_time() - start)
}

/// The time that this thread has been running, where the system tells (Linux), so that a busy machine does not count;
/// else the time that has passed.
fn cpu_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Eight times the input may take eight times as long, and four times that by chance. A quadratic step takes
/// 64 times as long, however often it is tried.
fn check_linear(name: &str, make: impl Fn(usize) -> String) {
    const SMALL: usize = 1_000;
    const FACTOR: u32 = 8;
    const TRIES: usize = 5;
    let (small, large) = (make(SMALL), make(SMALL * FACTOR as usize));
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        let (small, large) = (timed(&small).1.max(Duration::from_millis(1)), timed(&large).1);
        if large < small * 4 * FACTOR {
            return;
        }
        seen.push((small, large));
    }
    panic!("{name}: {seen:?}");
}

#[test]
fn time_grows_with_the_input_and_no_faster() {
    let floods: &[(&str, &str, &str)] = &[
        ("brackets", "", "<"),
        ("open tags", "", "<a "),
        ("attributes", "<a ", "x=1 "),
        ("ids", "", "<p id=a>"),
        ("one attribute over and over", "<a ", "href=x "),
        ("equals signs", "<a ", "="),
        ("quotes", "<a x=", "'\""),
        ("nesting", "", "<div>"),
        ("formatting", "", "<b>"),
        ("links", "", "<a href=x>"),
        ("paragraphs", "", "<p>"),
        ("tables", "", "<table>"),
        ("tables in cells", "", "<table><td>"),
        ("lists", "", "<ul><li>"),
        ("misnested", "", "<b><i></b></i>"),
        ("misnested in blocks", "", "<b><p></b>x"),
        ("end tags", "", "</b>"),
        ("end tags deep down", "<div><b><i><u><s><em>", "</p></span>"),
        ("ampersands", "", "&"),
        ("half references", "", "&amp"),
        ("long numbers", "&#", "1"),
        ("comments", "", "<!--"),
        ("dashes", "<!--", "-"),
        ("comment ends", "<!--", "--!"),
        ("scripts", "<script>", "</script"),
        ("script comments", "<script>", "<!--<script "),
        ("raw text", "<style>", "</style"),
        ("templates", "", "<template>"),
        ("spans", "", "<span>"),
        ("ruby", "<ruby>", "<rt><p>"),
        ("images", "", "<img src=https://a.example/b.png>"),
        ("frames", "", "<iframe src=https://a.example/b></iframe>"),
        ("carriage returns", "", "\r"),
        ("NUL", "", "\0"),
        ("text in tables", "", "<table>x"),
    ];
    for (name, start, flood) in floods {
        check_linear(name, |count| format!("{start}{}", flood.repeat(count)));
    }
    check_linear("many different ids", |count| (0..count).map(|n| format!("<p id=a{n}>")).collect());
}

#[test]
fn plain_text_takes_no_longer() {
    for flood in ["http://", "https://a.example/)", "https://a.example/(", "\n", "://", "http://a.b "] {
        let text = RawBody::Text(flood.repeat(20_000));
        let start = cpu_time();
        sanitize(&text, &Policy::comment());
        let taken = cpu_time() - start;
        assert!(taken < Duration::from_secs(2), "{flood:?} took {taken:?}");
    }
}

#[test]
fn a_million_levels_become_a_few() {
    let (body, _) = timed(&("<i>".repeat(1_000_000) + "x"));
    assert_eq!(body.text(), "x");
    assert!(body.nodes().len() <= 2 * BODY_DEPTH_MAX + 1);
    let html = format!("{}x{}y", "<div><b>".repeat(20_000), "</b></div>".repeat(20_000));
    let (body, _) = timed(&html);
    assert_eq!(body.text(), "x\ny");
    assert!(body.nodes().len() <= BODY_DEPTH_MAX + 3);
    // Cells are next to each other where tables do not fit any more.
    let (body, _) = timed(&"<blockquote><table><td>".repeat(20_000));
    assert!(body.nodes().len() < 60_000, "{}", body.nodes().len());
}

#[test]
fn misnesting_does_not_multiply() {
    let html = "<b>".repeat(20) + &"<i>".repeat(20) + &"x</b>".repeat(20);
    let (body, _) = timed(&html.repeat(100));
    assert!(body.nodes().len() < 100 * html.len(), "{}", body.nodes().len());
}

#[test]
fn a_long_text_is_clipped_between_characters() {
    let clip = |text: &str, max| {
        let body = sanitize_up_to(&RawBody::Html(RawHtml::new(text)), &Policy::comment(), max);
        (body.to_html(), body.clipped())
    };
    assert_eq!(clip("<p>äöü</p>", 6), ("<p>ä</p>".to_owned(), true));
    assert_eq!(clip("<p>ab</p>", 9), ("<p>ab</p>".to_owned(), false));
    assert_eq!(clip("<p>ab<b>", 7), ("<p>ab</p>".to_owned(), true));
    assert_eq!(clip("abc", 0), (String::new(), true));
}

#[test]
fn a_body_of_10_megabytes_is_clipped_at_once() {
    let raw = RawBody::Html(RawHtml::new("y ".repeat(5_000_000)));
    let body = sanitize_up_to(&raw, &Policy::comment(), afterword_core::body::BODY_SHOWN_BYTES_MAX);
    assert!(body.clipped());
    assert!(matches!(body.nodes(), [Node::Text(text)] if text.len() == afterword_core::body::BODY_SHOWN_BYTES_MAX));
}
