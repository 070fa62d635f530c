//! Character references: `&amp;`, `&#8217;`, `&#x2019;`.
//!
//! Numbers are read as the WHATWG standard says. Of its 2,231 names only those below are known: the 252 of HTML 4,
//! which editors and bloggers really typed, and a few that attackers like. Unknown names stay as they are written.

/// What kind of text is decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Between tags: NUL is dropped.
    Text,
    /// The value of an attribute: NUL becomes U+FFFD, and `&copy=` is no reference.
    Attribute,
    /// Raw text, in which `&` means nothing.
    Raw,
}

/// Longest name looked up, in bytes. The longest known one has 8; a longer run of letters is no reference.
const NAME_BYTES_MAX: usize = 10;

/// Appends `text` to `out`: references decoded, line ends made `\n`, NUL taken out.
pub(super) fn decode(text: &str, source: Source, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'\0' | b'\r')) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let (_, after) = found.split_at(1);
        rest = after;
        match found.as_bytes().first() {
            Some(b'&') if source != Source::Raw => match reference(after, source) {
                Some((character, len)) => {
                    // A carriage return would come back as a line feed when our own output is parsed again.
                    out.push(if character == '\r' { '\n' } else { character });
                    rest = after.get(len..).unwrap_or("");
                }
                None => out.push('&'),
            },
            Some(b'\r') => {
                if !after.starts_with('\n') {
                    out.push('\n');
                }
            }
            Some(b'\0') => {
                if source != Source::Text {
                    out.push(char::REPLACEMENT_CHARACTER);
                }
            }
            _ => out.push('&'),
        }
    }
    out.push_str(rest);
}

/// The reference at the start of `text`, which begins behind the `&`: the character and the length in bytes.
fn reference(text: &str, source: Source) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix('#') {
        return match number.strip_prefix(['x', 'X']) {
            Some(hex) => numeric(hex, 16).map(|(character, len)| (character, len + 2)),
            None => numeric(number, 10).map(|(character, len)| (character, len + 1)),
        };
    }
    let letters = text.bytes().take(NAME_BYTES_MAX).take_while(u8::is_ascii_alphanumeric).count();
    let name = text.get(..letters)?;
    if text.as_bytes().get(letters) == Some(&b';') {
        return named(name).map(|character| (character, letters + 1));
    }
    // The oldest names also count without a semicolon, even when letters follow.
    for len in (2..=letters).rev() {
        if let Some(character) = name.get(..len).and_then(named).filter(|c| is_old(*c)) {
            let follows = text.as_bytes().get(len);
            let is_value = follows.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
            return (source != Source::Attribute || !is_value).then_some((character, len));
        }
    }
    None
}

fn is_old(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\u{a0}'..='\u{ff}')
}

fn numeric(text: &str, radix: u32) -> Option<(char, usize)> {
    let mut code = 0_u32;
    let mut len = 0;
    for digit in text.bytes().map_while(|byte| char::from(byte).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        len += 1;
    }
    if len == 0 {
        return None;
    }
    let semicolon = usize::from(text.as_bytes().get(len) == Some(&b';'));
    let character = match code {
        0 => None,
        0x80..=0x9f => {
            let mapped = WINDOWS_1252.get(code as usize - 0x80).copied();
            mapped.filter(|c| *c != '\0').or_else(|| char::from_u32(code))
        }
        _ => char::from_u32(code),
    };
    Some((character.unwrap_or(char::REPLACEMENT_CHARACTER), len + semicolon))
}

/// What 0x80 to 0x9F mean in Windows-1252, which is what people meant who wrote `&#150;`. NUL: nothing, the number stands.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn named(name: &str) -> Option<char> {
    let initial = name.as_bytes().first()?;
    // Each record is the name without its initial, and the character.
    group(*initial).split(' ').find_map(|record| {
        let mut rest = record.strip_prefix(name.get(1..)?)?.chars();
        let character = rest.next().filter(|c| !c.is_ascii_alphanumeric())?;
        rest.next().is_none().then_some(character)
    })
}

/// The names that begin with this letter. One string for each, because it is the smallest form of such a table.
fn group(initial: u8) -> &'static str {
    match initial {
        b'A' => "EligÆ MP& acuteÁ circÂ graveÀ lphaΑ ringÅ tildeÃ umlÄ",
        b'B' => "etaΒ",
        b'C' => "OPY© cedilÇ hiΧ",
        b'D' => "agger‡ eltaΔ",
        b'E' => "THÐ acuteÉ circÊ graveÈ psilonΕ taΗ umlË",
        b'G' => "T> ammaΓ",
        b'I' => "acuteÍ circÎ graveÌ otaΙ umlÏ",
        b'K' => "appaΚ",
        b'L' => "T< ambdaΛ",
        b'M' => "uΜ",
        b'N' => "ewLine\n tildeÑ uΝ",
        b'O' => "EligŒ acuteÓ circÔ graveÒ megaΩ micronΟ slashØ tildeÕ umlÖ",
        b'P' => "hiΦ iΠ rime″ siΨ",
        b'Q' => "UOT\"",
        b'R' => "EG® hoΡ",
        b'S' => "caronŠ igmaΣ",
        b'T' => "HORNÞ ab\t auΤ hetaΘ",
        b'U' => "acuteÚ circÛ graveÙ psilonΥ umlÜ",
        b'X' => "iΞ",
        b'Y' => "acuteÝ umlŸ",
        b'Z' => "etaΖ",
        b'a' => "acuteá circâ cute´ eligæ graveà lefsymℵ lphaα mp& nd∧ ng∠ pos' ringå symp≈ tildeã umlä",
        b'b' => "dquo„ etaβ rvbar¦ sol\\ ull•",
        b'c' => "ap∩ cedilç edil¸ ent¢ heck✓ hiχ ircˆ lubs♣ olon: ommat@ ong≅ opy© rarr↵ up∪ urren¤",
        b'd' => "Arr⇓ agger† arr↓ eg° eltaδ iams♦ ivide÷ ollar$",
        b'e' => "acuteé circê graveè mpty∅ msp\u{2003} nsp\u{2002} psilonε quals= quiv≡ taη thð umlë uro€ xcl! xist∃",
        b'f' => "nofƒ orall∀ rac12½ rac14¼ rac34¾ rasl⁄",
        b'g' => "ammaγ e≥ rave` t>",
        b'h' => "Arr⇔ arr↔ earts♥ ellip…",
        b'i' => "acuteí circî excl¡ graveì mageℑ nfin∞ nt∫ otaι quest¿ sin∈ umlï",
        b'k' => "appaκ",
        b'l' => {
            "Arr⇐ ambdaλ ang⟨ aquo« arr← brack[ ceil⌈ dquo“ e≤ floor⌊ owast∗ owbar_ oz◊ par( rm\u{200e} saquo‹ \
             squo‘ t<"
        }
        b'm' => "acr¯ dash— icroµ iddot· inus− uμ",
        b'n' => "abla∇ bsp\u{a0} dash– e≠ i∋ ot¬ otin∉ sub⊄ tildeñ uν um#",
        b'o' => "acuteó circô eligœ graveò line‾ megaω micronο plus⊕ r∨ rdfª rdmº slashø tildeõ times⊗ umlö",
        b'p' => "ara¶ art∂ ercnt% eriod. ermil‰ erp⊥ hiφ iπ ivϖ lus+ lusmn± ound£ rime′ rod∏ rop∝ siψ",
        b'q' => "uest? uot\"",
        b'r' => "Arr⇒ adic√ ang⟩ aquo» arr→ brack] ceil⌉ dquo” ealℜ eg® floor⌋ hoρ lm\u{200f} par) saquo› squo’",
        b's' => {
            "bquo‚ caronš dot⋅ ect§ hy\u{ad} igmaσ igmafς im∼ ol/ pades♠ ub⊂ ube⊆ um∑ up⊃ up1¹ up2² up3³ upe⊇ \
             zligß"
        }
        b't' => "auτ here4∴ hetaθ hetasymϑ hinsp\u{2009} hornþ ilde˜ imes× rade™",
        b'u' => "Arr⇑ acuteú arr↑ circû graveù ml¨ psihϒ psilonυ umlü",
        b'v' => "erbar|",
        b'w' => "eierp℘",
        b'x' => "iξ",
        b'y' => "acuteý en¥ umlÿ",
        b'z' => "etaζ wj\u{200d} wnj\u{200c}",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, text: &str, attribute: &str) {
        for (source, expected) in [(Source::Text, text), (Source::Attribute, attribute), (Source::Raw, input)] {
            let mut out = String::new();
            decode(input, source, &mut out);
            assert_eq!(out, expected, "{input:?}");
        }
    }

    #[test]
    fn names() {
        check("&lt;b&gt; &amp;amp; &hellip;&nbsp;&Eacute;", "<b> &amp; …\u{a0}É", "<b> &amp; …\u{a0}É");
        check("&Aacute;&aacute;&Tab;&zwnj;&thetasym;", "Áá\t\u{200c}ϑ", "Áá\t\u{200c}ϑ");
        check("&; & &b; &unknown; &ltx; &gt", "&; & &b; &unknown; &ltx; >", "&; & &b; &unknown; &ltx; >");
        check("&copy2 &copy=1 &amp &eacutes", "©2 ©=1 & és", "&copy2 &copy=1 & &eacutes");
        check("&hellip and &euro", "&hellip and &euro", "&hellip and &euro");
    }

    #[test]
    fn numbers() {
        check("&#65;&#x42&#X43;&#0068", "ABCD", "ABCD");
        check(
            "&#0;&#xD800;&#x110000;&#99999999999;",
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
        );
        check("&#150;&#x92;&#129;", "–’\u{81}", "–’\u{81}");
        check("&#;&#x;&#xg;&#-1;&#", "&#;&#x;&#xg;&#-1;&#", "&#;&#x;&#xg;&#-1;&#");
    }

    #[test]
    fn line_ends_and_nul() {
        let mut out = String::new();
        decode("a\r\nb\rc\0d&#13;", Source::Text, &mut out);
        assert_eq!(out, "a\nb\ncd\n");
        out.clear();
        decode("a\0&amp;", Source::Raw, &mut out);
        assert_eq!(out, "a\u{fffd}&amp;");
    }
}
