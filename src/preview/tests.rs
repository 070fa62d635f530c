use super::*;

#[test]
fn dump() {
    let snippets = std::fs::read_to_string("/tmp/words-probe/snippets.txt").unwrap();
    for snippet in snippets.split("\n%%%%\n") {
        let body = preview(snippet, Markup::Markdown, &Policy::comment());
        println!("@@@@{}", body.to_html());
    }
}
