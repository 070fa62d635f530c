//! Avatars, drawn from the name alone: initials on a colour. Nothing is fetched and nobody is tracked.

/// How many colours the style sheet has (`.hue-0` to `.hue-11`): a step of 30° is as close as two hues can be and
/// still be told apart side by side.
pub const HUES: u32 = 12;

/// How many shapes the style sheet has (`.shape-0` to `.shape-2`).
pub const SHAPES: u32 = 3;

/// What an avatar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avatar {
    /// One or two letters; empty when the name has none.
    pub initials: String,
    /// 0 to [`HUES`] - 1.
    pub hue: u32,
    /// 0 to [`SHAPES`] - 1.
    pub shape: u32,
}

impl Avatar {
    /// The avatar of a name: the same for the same name in any ASCII case, with any spaces around it.
    pub fn of(name: &str) -> Self {
        // FNV-1a with 32 bits (Fowler, Noll, Vo): short, and its low bits spread well enough for a dozen colours.
        const OFFSET: u32 = 0x811c_9dc5;
        const PRIME: u32 = 0x0100_0193;
        let name = name.trim();
        let hash = name
            .chars()
            .map(|c| c.to_ascii_lowercase())
            .fold(OFFSET, |hash, c| (hash ^ u32::from(c)).wrapping_mul(PRIME));
        Self { initials: initials(name), hue: hash % HUES, shape: hash / HUES % SHAPES }
    }
}

/// The first letter or digit of the first and of the last word. Capitals beyond ASCII are the style sheet's work, which
/// spares the app the tables for that.
fn initials(name: &str) -> String {
    let mut letters = name.split(' ').filter_map(|word| word.chars().find(|&c| is_letter(c)));
    let first = letters.next();
    first.into_iter().chain(letters.next_back()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether a character can stand for a name. Exact tables would weigh more than all the rest of this file, so this
/// goes by blocks of Unicode: no ASCII signs, no spaces and signs, no emoji and what is behind them.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{aa}'..='\u{1fff}' | '\u{2c00}'..='\u{2fff}' | '\u{3040}'..='\u{d7ff}')
        || matches!(c, '\u{f900}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10000}'..='\u{1efff}')
        || matches!(c, '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names_from_everywhere() {
        for (name, expected) in [
            ("Ann", "A"),
            ("Ann Lee", "AL"),
            ("ann of the green lee", "AL"),
            ("李雷", "李"),
            ("  (Bob) ", "B"),
            ("محمد", "م"),
            ("👩‍👩‍👧‍👦", ""),
            ("", ""),
        ] {
            assert_eq!(Avatar::of(name).initials, expected, "{name:?}");
        }
    }

    #[test]
    fn the_same_name_looks_the_same() {
        assert_eq!(Avatar::of("Ann Lee"), Avatar::of(" ann lee "));
        assert_ne!(Avatar::of("Ann"), Avatar::of("Bob"));
    }

    #[test]
    fn many_names_use_all_colours() {
        let mut seen = [0; HUES as usize];
        for n in 0..1200 {
            seen[Avatar::of(&format!("Reader {n}")).hue as usize] += 1;
        }
        assert!(seen.iter().all(|&n| n > 50), "{seen:?}");
    }
}
