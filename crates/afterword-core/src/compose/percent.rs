//! Percent signs: text as a part of an address (RFC 3986).

/// Appends a text so that it can stand in a query or a path, whatever is in it: all but letters, digits and `-._~` of
/// ASCII, and the signs in `kept`, is escaped. Line ends become `line_end`.
pub(super) fn push_encoded(text: &str, kept: &str, line_end: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' if bytes.peek() == Some(&b'\n') => {}
            b'\r' | b'\n' => out.push_str(line_end),
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}
