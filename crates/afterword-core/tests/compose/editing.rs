//! Buttons and keys. `⟨` and `⟩` stand around what is selected; `|` is the caret.

use afterword_core::compose::edit::{Edit, Tool, insert_block, paste_address, press_enter, use_tool};
use proptest::prelude::*;
use std::ops::Range;

fn read(picture: &str) -> (Vec<u16>, Range<u32>) {
    let (mut text, mut places) = (Vec::new(), Vec::new());
    for c in picture.chars() {
        if matches!(c, '⟨' | '⟩' | '|') {
            places.push(text.len() as u32);
        } else {
            text.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
    let start = *places.first().unwrap();
    (text, start..*places.last().unwrap())
}

fn draw(text: &[u16], select: &Range<u32>) -> String {
    let part = |range: Range<usize>| String::from_utf16_lossy(&text[range]);
    let (start, end) = (select.start as usize, select.end as usize);
    if start == end {
        format!("{}|{}", part(0..start), part(end..text.len()))
    } else {
        format!("{}⟨{}⟩{}", part(0..start), part(start..end), part(end..text.len()))
    }
}

fn check_edit(text: &[u16], edit: &Edit, expected: &str, before: &str) {
    assert_eq!(draw(&edit.apply_to(text), &edit.select), expected, "{before}");
}

fn check(tool: Tool, before: &str, after: &str) {
    let (text, selection) = read(before);
    check_edit(&text, &use_tool(tool, &text, selection), after, before);
}

/// The tool does this, and undoes it when it is used again.
fn check_both(tool: Tool, before: &str, after: &str) {
    check(tool, before, after);
    check(tool, after, before);
}

#[test]
fn strong_words() {
    check_both(Tool::Bold, "a ⟨word⟩ b", "a **⟨word⟩** b");
    check_both(Tool::Bold, "a | b", "a **|** b");
    check(Tool::Bold, "a ⟨**word**⟩ b", "a ⟨word⟩ b");
    check(Tool::Bold, "a ⟨ word ⟩b", "a  **⟨word⟩** b");
    check(Tool::Bold, "⟨  ⟩", "  **|**");
    check(Tool::Bold, "⟨\\*⟩*", "**⟨\\*⟩***");
    check_both(Tool::Bold, "⟨יחד😀⟩ x", "**⟨יחד😀⟩** x");
    check(Tool::Bold, "**word|**", "**word**|");
    check(Tool::Bold, "word|**next**", "word**|****next**");
}

#[test]
fn emphasised_words() {
    check_both(Tool::Italic, "a ⟨word⟩ b", "a _⟨word⟩_ b");
    check_both(Tool::Italic, "a |", "a _|_");
    check_both(Tool::Italic, "Gr⟨öß⟩e", "Gr*⟨öß⟩*e");
    check(Tool::Italic, "**⟨word⟩**", "**_⟨word⟩_**");
    check(Tool::Italic, "***⟨word⟩***", "**⟨word⟩**");
    check(Tool::Italic, "⟨_word_⟩", "⟨word⟩");
    check(Tool::Italic, "_word|_ x", "_word_| x");
    check(Tool::Bold, "***⟨word⟩***", "*⟨word⟩*");
}

#[test]
fn marks_stay_within_lines() {
    check_both(Tool::Bold, "⟨one\n\n> two\n- three⟩", "⟨**one**\n\n> **two**\n- **three**⟩");
    check(Tool::Bold, "⟨**one**\ntwo⟩", "⟨**one**\n**two**⟩");
}

#[test]
fn code() {
    check_both(Tool::Code, "run ⟨ls⟩ now", "run `⟨ls⟩` now");
    check_both(Tool::Code, "|", "`|`");
    check(Tool::Code, "⟨a`b⟩", "``⟨a`b⟩``");
    check(Tool::Code, "⟨`a⟩", "`` ⟨`a⟩ ``");
    check(Tool::Code, "⟨`ls`⟩", "⟨ls⟩");
    check(Tool::Code, "`ls|`", "`ls`|");
    check_both(Tool::Code, "x\n⟨let a;\nlet b;⟩\ny", "x\n```\n⟨let a;\nlet b;⟩\n```\ny");
    check(Tool::Code, "a⟨b\nc⟩d", "```\n⟨ab\ncd⟩\n```");
    check(Tool::Code, "⟨```\n````⟩", "`````\n⟨```\n````⟩\n`````");
    check(Tool::Code, "⟨```rs\nlet a;\n```⟩", "⟨let a;⟩");
}

#[test]
fn links() {
    check(Tool::Link, "see ⟨this⟩ now", "see [this](⟨https://⟩) now");
    check(Tool::Link, "see |", "see [|](https://)");
    check(Tool::Link, "⟨https://a.example/x⟩", "[|](https://a.example/x)");
    check(Tool::Link, "see [th|is](https://a.example) now", "see th|is now");
    check(Tool::Link, "see ⟨[this](https://a.example)⟩ now", "see ⟨this⟩ now");
    check(Tool::Link, "[a](b)| c", "[a](b)[|](https://) c");
    check(Tool::Link, "⟨- one\n- two⟩", "- [one](⟨https://⟩)\n- two");
}

#[test]
fn an_address_pasted_over_words() {
    let check = |before: &str, pasted: &str, after: Option<&str>| {
        let (text, selection) = read(before);
        let edit = paste_address(&text, selection, pasted);
        assert_eq!(edit.map(|edit| draw(&edit.apply_to(&text), &edit.select)).as_deref(), after, "{before}");
    };
    check("see ⟨this⟩ now", " https://a.example/x\n", Some("see [this](https://a.example/x)| now"));
    check("⟨a⟩", "https://a.example/x_(y)", Some("[a](<https://a.example/x_(y)>)|"));
    check("see | now", "https://a.example/", None);
    check("⟨a\nb⟩", "https://a.example/", None);
    check("⟨a⟩", "javascript:alert(1)", None);
    check("⟨a⟩", "two words", None);
    check("⟨https://b.example/⟩", "https://a.example/", None);
}

#[test]
fn quotations() {
    check(Tool::Quote, "⟨one\n\ntwo⟩", "> ⟨one\n>\n> two⟩");
    check(Tool::Quote, "> ⟨one\n>\n> two⟩", "⟨one\n\ntwo⟩");
    check(Tool::Quote, "a\n⟨one⟩\nb", "a\n\n> ⟨one⟩\n\nb");
    check(Tool::Quote, "|", "> |");
    check(Tool::Quote, "> > ⟨deep⟩", "> ⟨deep⟩");
    check(Tool::Quote, "⟨one\n⟩two", "> ⟨one\n\n⟩two");
    check(Tool::Quote, "⟨one\r\ntwo⟩", "> ⟨one\r\n> two⟩");
}

#[test]
fn lists() {
    check(Tool::List, "⟨one\ntwo⟩", "- ⟨one\n- two⟩");
    check(Tool::List, "- ⟨one\n- two⟩", "⟨one\ntwo⟩");
    check(Tool::List, "⟨1. one\n2) two⟩", "- ⟨one\n- two⟩");
    check(Tool::List, "text\n|", "text\n\n- |");
    check(Tool::List, "> ⟨one⟩", "> - ⟨one⟩");
    check(Tool::List, "- a\n⟨b⟩", "- a\n- ⟨b⟩");
}

#[test]
fn enter_goes_on_with_a_list() {
    let check = |before: &str, after: Option<&str>| {
        let (text, selection) = read(before);
        let edit = press_enter(&text, selection);
        assert_eq!(edit.map(|edit| draw(&edit.apply_to(&text), &edit.select)).as_deref(), after, "{before}");
    };
    check("- one|", Some("- one\n- |"));
    check("- one |two", Some("- one\n- |two"));
    check("* one|", Some("* one\n* |"));
    check("9. one|\n", Some("9. one\n10. |\n"));
    check("  3) one|", Some("  3) one\n  4) |"));
    check("> - one|", Some("> - one\n> - |"));
    check("- one\n- |", Some("- one\n|"));
    check("> - |", Some("> |"));
    check("- o⟨n⟩e", Some("- o\n- |e"));
    check("|- one", None);
    check("one|", None);
    check("-one|", None);
    check("1234567890. x|", None);
    check("```\n- one|", None);
    check("```\n```\n- one|", Some("```\n```\n- one\n- |"));
}

#[test]
fn a_block_gets_lines_of_its_own() {
    let check = |before: &str, after: &str| {
        let (text, selection) = read(before);
        check_edit(&text, &insert_block(&text, selection, "> q\n"), after, before);
    };
    check("|", "> q\n\n|");
    check("one|", "one\n\n> q\n\n|");
    check("one\n|", "one\n\n> q\n\n|");
    check("one\n\n|", "one\n\n> q\n\n|");
    check("o|ne\ntwo", "one\n\n> q\n\n|\n\ntwo");
    check("⟨one⟩", "one\n\n> q\n\n|");
}

#[test]
fn keys_are_found_on_all_keyboards() {
    assert_eq!(Tool::of_key("b", "KeyB", false), Some(Tool::Bold));
    assert_eq!(Tool::of_key("и", "KeyB", false), Some(Tool::Bold));
    assert_eq!(Tool::of_key("I", "KeyI", false), Some(Tool::Italic));
    assert_eq!(Tool::of_key("b", "KeyN", false), Some(Tool::Bold));
    assert_eq!(Tool::of_key(":", "Period", true), Some(Tool::Quote));
    assert_eq!(Tool::of_key("B", "KeyB", true), None);
    assert_eq!(Tool::of_key("x", "KeyX", false), None);
}

/// Text with everything in it that could be cut or mistaken.
fn soup() -> impl Strategy<Value = Vec<u16>> {
    let units = prop::sample::select(vec![
        'a', 'é', '😀', 'ش', '*', '_', '`', '>', '-', '1', '.', ' ', '\n', '\r', '[', ']', '(', ')', '\\',
    ]);
    prop::collection::vec(units, 0..40).prop_map(|chars| chars.into_iter().collect::<String>().encode_utf16().collect())
}

proptest! {
    #[test]
    fn nothing_but_marks_comes_or_goes(text in soup(), from in 0_u32..50, to in 0_u32..50) {
        let bare = |text: &[u16]| -> String {
            String::from_utf16(text).unwrap().chars().filter(|c| matches!(c, 'a' | 'é' | '😀' | 'ش')).collect()
        };
        // The link tool takes the address of a link away.
        let has_link = text.windows(2).any(|two| two == [u16::from(b']'), u16::from(b'(')]);
        for tool in Tool::ALL.into_iter().filter(|tool| *tool != Tool::Link || !has_link) {
            let edit = use_tool(tool, &text, from.min(to)..from.max(to));
            let after = edit.apply_to(&text);
            prop_assert_eq!(bare(&after).len(), bare(&text).len(), "{:?}", tool);
            prop_assert!(edit.select.start <= edit.select.end && edit.select.end as usize <= after.len());
            for cut in [edit.replace.start, edit.replace.end] {
                let cut = cut as usize;
                let halves = cut > 0 && cut < text.len() && (0xd800..0xdc00).contains(&text[cut - 1]);
                prop_assert!(!halves, "{:?} cuts a pair", tool);
            }
            let select = edit.select.clone();
            String::from_utf16(&after[select.start as usize..select.end as usize]).unwrap();
        }
        let _ = press_enter(&text, from..to);
    }
}
