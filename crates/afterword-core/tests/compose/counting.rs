//! How long a text is, and how much room is left.

use afterword_core::compose::count::{Room, characters, is_too_short, room};

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

#[test]
fn characters_are_code_points() {
    for (text, expected) in [("", 0), ("abc", 3), ("😀é", 2), ("e\u{301}", 2), ("a\n", 2)] {
        assert_eq!(characters(&units(text)), expected, "{text:?}");
    }
    assert_eq!(characters(&[0xd83d, 0x61]), 2, "half a pair counts");
}

#[test]
fn room_is_told_near_the_limit() {
    let check =
        |len: usize, max: u32, expected: Room| assert_eq!(room(&units(&"a".repeat(len)), max), expected, "{len}");
    check(89, 100, Room::Enough);
    check(90, 100, Room::Little(10));
    check(100, 100, Room::Little(0));
    check(101, 100, Room::Over(1));
    check(101, 0, Room::Enough);
    assert_eq!(room(&units(&"😀".repeat(89)), 100), Room::Enough);
    assert_eq!(room(&units(&"😀".repeat(101)), 100), Room::Over(1));
}

#[test]
fn white_space_at_the_end_does_not_fill() {
    assert!(is_too_short(&units("ab  "), 3));
    assert!(!is_too_short(&units("a b"), 3));
    assert!(!is_too_short(&units(""), 0));
}
