//! Colours as an owner writes them: CSS hex, `rgb()`, `hsl()`, `oklch()` and names, and nothing else.
//!
//! What is not clearly a colour is refused: what comes out is always `#` and six digits, so that nothing of what was
//! written gets into a style sheet. Sources: CSS Color 4 for the forms and the conversions, WCAG 2.2 for contrast.

use std::fmt;

/// A colour that nothing shines through, in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Colour {
    /// Reads a colour; `None` for anything else, and for one that something shines through.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(digits) = text.strip_prefix('#') {
            return Self::from_hex(digits);
        }
        let Some((name, rest)) = text.split_once('(') else { return named(&text) };
        let values = values(rest.strip_suffix(')')?)?;
        let [first, second, third] = values;
        match name {
            "rgb" | "rgba" => {
                let part = |value: Part| match value {
                    Part::Number(number) => Some(byte(number / 255.0)),
                    Part::Percent(percent) => Some(byte(percent / 100.0)),
                    Part::Degrees(_) => None,
                };
                Some(Self { red: part(first)?, green: part(second)?, blue: part(third)? })
            }
            "hsl" | "hsla" => Some(hsl(first.degrees()?, second.share(100.0)?, third.share(100.0)?)),
            // A percentage of the lightness is a share of 1, one of the chroma a share of 0.4.
            "oklch" => Some(oklch(first.share(1.0)?, second.scaled(0.4)?, third.degrees()?)),
            _ => None,
        }
    }

    fn from_hex(digits: &str) -> Option<Self> {
        let digit = |index: usize| char::from(*digits.as_bytes().get(index)?).to_digit(16);
        let pair = |index: usize| u8::try_from(digit(index)? * 16 + digit(index + 1)?).ok();
        let single = |index: usize| u8::try_from(digit(index)? * 17).ok();
        let opaque = |alpha: Option<u8>| (alpha == Some(u8::MAX)).then_some(());
        match digits.len() {
            3 => Some(Self { red: single(0)?, green: single(1)?, blue: single(2)? }),
            4 => opaque(single(3)).and_then(|()| Self::from_hex(digits.get(..3)?)),
            6 => Some(Self { red: pair(0)?, green: pair(2)?, blue: pair(4)? }),
            8 => opaque(pair(6)).and_then(|()| Self::from_hex(digits.get(..6)?)),
            _ => None,
        }
    }

    /// The contrast between two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// A value in a function's brackets.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Number(f64),
    Percent(f64),
    Degrees(f64),
}

impl Part {
    /// A hue: a number counts as degrees.
    fn degrees(self) -> Option<f64> {
        match self {
            Self::Number(degrees) | Self::Degrees(degrees) => Some(degrees.rem_euclid(360.0)),
            Self::Percent(_) => None,
        }
    }

    /// A share of a whole, from 0 to 1; a plain number counts against `whole`.
    fn share(self, whole: f64) -> Option<f64> {
        match self {
            Self::Number(number) => Some((number / whole).clamp(0.0, 1.0)),
            Self::Percent(percent) => Some((percent / 100.0).clamp(0.0, 1.0)),
            Self::Degrees(_) => None,
        }
    }

    /// A plain number, or a percentage of `whole`; never below zero.
    fn scaled(self, whole: f64) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.max(0.0)),
            Self::Percent(percent) => Some((percent / 100.0 * whole).max(0.0)),
            Self::Degrees(_) => None,
        }
    }
}

/// The three values in the brackets, parted by blanks or by commas. A fourth, the alpha, has to be all.
fn values(text: &str) -> Option<[Part; 3]> {
    let (text, alpha) = match text.split_once('/') {
        Some((text, alpha)) => (text, Some(part(alpha.trim())?)),
        None => (text, None),
    };
    let words: Vec<&str> =
        if text.contains(',') { text.split(',').map(str::trim).collect() } else { text.split_whitespace().collect() };
    let parts = words.into_iter().map(part).collect::<Option<Vec<_>>>()?;
    let (three, alpha) = match (parts.as_slice(), alpha) {
        ([a, b, c], alpha) => ([*a, *b, *c], alpha),
        ([a, b, c, alpha], None) if text.contains(',') => ([*a, *b, *c], Some(*alpha)),
        _ => return None,
    };
    matches!(alpha, None | Some(Part::Number(1.0) | Part::Percent(100.0))).then_some(three)
}

fn part(word: &str) -> Option<Part> {
    if let Some(number) = word.strip_suffix('%') {
        return decimal(number).map(Part::Percent);
    }
    if let Some(number) = word.strip_suffix("deg") {
        return decimal(number).map(Part::Degrees);
    }
    decimal(word).map(Part::Number)
}

/// A number with digits and at most one point: no exponent, no infinity.
fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    if sound { text.parse().ok() } else { None }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value has been brought between 0 and 255"
)]
fn byte(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// CSS Color 4, section 7.1. The hue is in degrees, the others from 0 to 1.
fn hsl(hue: f64, saturation: f64, lightness: f64) -> Colour {
    let amount = saturation * lightness.min(1.0 - lightness);
    let part = |n: f64| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        byte(lightness - amount * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
    };
    Colour { red: part(0.0), green: part(8.0), blue: part(4.0) }
}

/// CSS Color 4, sections 9.3 and 10: from OKLCH by OKLAB and linear light to sRGB. What sRGB cannot show is cut off part
/// by part.
fn oklch(lightness: f64, chroma: f64, hue: f64) -> Colour {
    let (sine, cosine) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cosine, chroma * sine);
    let cube = |value: f64| value * value * value;
    let long = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let medium = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let short = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548 * b);
    let part =
        |linear: f64| byte(if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 });
    Colour {
        red: part(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
        green: part(-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short),
        blue: part(-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short),
    }
}

fn named(name: &str) -> Option<Colour> {
    NAMES.iter().find(|(known, _)| *known == name).and_then(|(_, digits)| Colour::from_hex(digits))
}

/// The names of CSS Color 4, section 6.1.
#[rustfmt::skip]
const NAMES: [(&str, &str); 148] = [
    ("aliceblue", "f0f8ff"), ("antiquewhite", "faebd7"), ("aqua", "00ffff"), ("aquamarine", "7fffd4"),
    ("azure", "f0ffff"), ("beige", "f5f5dc"), ("bisque", "ffe4c4"), ("black", "000000"),
    ("blanchedalmond", "ffebcd"), ("blue", "0000ff"), ("blueviolet", "8a2be2"), ("brown", "a52a2a"),
    ("burlywood", "deb887"), ("cadetblue", "5f9ea0"), ("chartreuse", "7fff00"), ("chocolate", "d2691e"),
    ("coral", "ff7f50"), ("cornflowerblue", "6495ed"), ("cornsilk", "fff8dc"), ("crimson", "dc143c"),
    ("cyan", "00ffff"), ("darkblue", "00008b"), ("darkcyan", "008b8b"), ("darkgoldenrod", "b8860b"),
    ("darkgray", "a9a9a9"), ("darkgreen", "006400"), ("darkgrey", "a9a9a9"), ("darkkhaki", "bdb76b"),
    ("darkmagenta", "8b008b"), ("darkolivegreen", "556b2f"), ("darkorange", "ff8c00"), ("darkorchid", "9932cc"),
    ("darkred", "8b0000"), ("darksalmon", "e9967a"), ("darkseagreen", "8fbc8f"), ("darkslateblue", "483d8b"),
    ("darkslategray", "2f4f4f"), ("darkslategrey", "2f4f4f"), ("darkturquoise", "00ced1"), ("darkviolet", "9400d3"),
    ("deeppink", "ff1493"), ("deepskyblue", "00bfff"), ("dimgray", "696969"), ("dimgrey", "696969"),
    ("dodgerblue", "1e90ff"), ("firebrick", "b22222"), ("floralwhite", "fffaf0"), ("forestgreen", "228b22"),
    ("fuchsia", "ff00ff"), ("gainsboro", "dcdcdc"), ("ghostwhite", "f8f8ff"), ("gold", "ffd700"),
    ("goldenrod", "daa520"), ("gray", "808080"), ("green", "008000"), ("greenyellow", "adff2f"),
    ("grey", "808080"), ("honeydew", "f0fff0"), ("hotpink", "ff69b4"), ("indianred", "cd5c5c"),
    ("indigo", "4b0082"), ("ivory", "fffff0"), ("khaki", "f0e68c"), ("lavender", "e6e6fa"),
    ("lavenderblush", "fff0f5"), ("lawngreen", "7cfc00"), ("lemonchiffon", "fffacd"), ("lightblue", "add8e6"),
    ("lightcoral", "f08080"), ("lightcyan", "e0ffff"), ("lightgoldenrodyellow", "fafad2"), ("lightgray", "d3d3d3"),
    ("lightgreen", "90ee90"), ("lightgrey", "d3d3d3"), ("lightpink", "ffb6c1"), ("lightsalmon", "ffa07a"),
    ("lightseagreen", "20b2aa"), ("lightskyblue", "87cefa"), ("lightslategray", "778899"), ("lightslategrey", "778899"),
    ("lightsteelblue", "b0c4de"), ("lightyellow", "ffffe0"), ("lime", "00ff00"), ("limegreen", "32cd32"),
    ("linen", "faf0e6"), ("magenta", "ff00ff"), ("maroon", "800000"), ("mediumaquamarine", "66cdaa"),
    ("mediumblue", "0000cd"), ("mediumorchid", "ba55d3"), ("mediumpurple", "9370db"), ("mediumseagreen", "3cb371"),
    ("mediumslateblue", "7b68ee"), ("mediumspringgreen", "00fa9a"), ("mediumturquoise", "48d1cc"),
    ("mediumvioletred", "c71585"), ("midnightblue", "191970"), ("mintcream", "f5fffa"), ("mistyrose", "ffe4e1"),
    ("moccasin", "ffe4b5"), ("navajowhite", "ffdead"), ("navy", "000080"), ("oldlace", "fdf5e6"),
    ("olive", "808000"), ("olivedrab", "6b8e23"), ("orange", "ffa500"), ("orangered", "ff4500"),
    ("orchid", "da70d6"), ("palegoldenrod", "eee8aa"), ("palegreen", "98fb98"), ("paleturquoise", "afeeee"),
    ("palevioletred", "db7093"), ("papayawhip", "ffefd5"), ("peachpuff", "ffdab9"), ("peru", "cd853f"),
    ("pink", "ffc0cb"), ("plum", "dda0dd"), ("powderblue", "b0e0e6"), ("purple", "800080"),
    ("rebeccapurple", "663399"), ("red", "ff0000"), ("rosybrown", "bc8f8f"), ("royalblue", "4169e1"),
    ("saddlebrown", "8b4513"), ("salmon", "fa8072"), ("sandybrown", "f4a460"), ("seagreen", "2e8b57"),
    ("seashell", "fff5ee"), ("sienna", "a0522d"), ("silver", "c0c0c0"), ("skyblue", "87ceeb"),
    ("slateblue", "6a5acd"), ("slategray", "708090"), ("slategrey", "708090"), ("snow", "fffafa"),
    ("springgreen", "00ff7f"), ("steelblue", "4682b4"), ("tan", "d2b48c"), ("teal", "008080"),
    ("thistle", "d8bfd8"), ("tomato", "ff6347"), ("turquoise", "40e0d0"), ("violet", "ee82ee"),
    ("wheat", "f5deb3"), ("white", "ffffff"), ("whitesmoke", "f5f5f5"), ("yellow", "ffff00"),
    ("yellowgreen", "9acd32"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_browsers_do() {
        for (text, expected) in [
            ("#0C6361", "#0c6361"),
            ("#abc", "#aabbcc"),
            ("#abcf", "#aabbcc"),
            ("#0c6361ff", "#0c6361"),
            (" RebeccaPurple ", "#663399"),
            ("rgb(12, 99, 97)", "#0c6361"),
            ("rgb(12 99 97 / 100%)", "#0c6361"),
            ("rgba(300, -5, 50%, 1)", "#ff0080"),
            ("hsl(120, 100%, 25%)", "#008000"),
            ("hsl(-240deg 100% 25%)", "#008000"),
            ("hsl(0 0% 50%)", "#808080"),
            ("oklch(1 0 0)", "#ffffff"),
            ("oklch(62.8% 0.25768 29.23)", "#ff0000"),
            ("oklch(0.86644 0.294827 142.4953deg)", "#00ff00"),
        ] {
            assert_eq!(Colour::parse(text).map(|colour| colour.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in [
            "",
            "#",
            "#12",
            "#12345g",
            "#0c636180",
            "teal;}",
            "var(--x)",
            "url(x)",
            "rgb(1,2)",
            "rgb(1 2 3 4)",
            "rgb(1,2,3,.5)",
            "rgb(1e9,2,3)",
            "rgb(nan,2,3)",
            "hsl(50%, 1%, 1%)",
            "oklch(1 0 0",
            "transparent",
            "inherit",
            "red}body{display:none",
            "rgb(1.2.3,4,5)",
            "#€0",
        ] {
            assert_eq!(Colour::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |a: &str, b: &str, expected: f64| {
            let contrast = Colour::parse(a).unwrap().contrast(Colour::parse(b).unwrap());
            assert!((contrast - expected).abs() < 0.01, "{a} on {b}: {contrast}");
        };
        check("black", "white", 21.0);
        check("#777", "#fff", 4.48);
        check("#fff", "#777", 4.48);
        check("red", "red", 1.0);
    }
}
