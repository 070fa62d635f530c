//! The owner's colours, font and width: `theme` of `site.json` as a small style sheet that overrules tokens.
//!
//! Every value is checked. A wrong one is told by its name and left out; the page is then as it is without it.

use super::colour::Colour;
use crate::content::short_hash;
use afterword_adapters::json::Value;
use std::path::{Component, Path};

/// The least contrast that text of this size needs with what is behind it (WCAG 2.2, 1.4.3).
const CONTRAST_MIN: f64 = 4.5;

/// The page's colours as `site.json` names them, the token that each sets, and what `style/tokens.css` has for them in
/// light and dark.
const TOKENS: [(&str, &str, &str); 3] =
    [("page", "#fdfcf8", "#181715"), ("ink", "#24211d", "#dedad2"), ("accent", "#0c6361", "#7cc7bf")];

/// What an owner may choose for text, and the token's value.
const FONTS: [(&str, &str); 4] = [
    ("serif", ""),
    ("sans", "\"Avenir Next\", Avenir, \"Segoe UI\", Candara, \"Noto Sans\", \"Helvetica Neue\", Arial, sans-serif"),
    ("mono", "var(--mono)"),
    ("system", "system-ui, sans-serif"),
];

/// What an owner may choose for the width of the text, and the token's value.
const WIDTHS: [(&str, &str); 3] = [("narrow", "32rem"), ("normal", ""), ("wide", "46rem")];

/// A colour for light pages and one for dark ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) light: String,
    pub(super) dark: String,
}

/// What an owner changed about the looks.
#[derive(Debug)]
pub(super) struct Theme {
    /// A style sheet and its name under `assets/`, if anything is changed.
    pub(super) sheet: Option<(String, String)>,
    /// The owner's own sheets, below the site's root.
    pub(super) own_sheets: Vec<String>,
    /// The colour behind the page.
    pub(super) page: Colours,
    /// What is wrong with it, for the owner.
    pub(super) warnings: Vec<String>,
}

impl Theme {
    /// Reads it from `site.json`. `root` is the content folder, in which the owner's sheets lie.
    pub(super) fn read(site: &Value, root: &Path) -> Self {
        let mut warnings = Vec::new();
        let mut fields = Chosen { theme: site.get("theme"), warnings: &mut warnings };
        fields.tell_unknown();
        let mut css = String::new();
        let mut colours = Vec::new();
        let mut changed = [false; TOKENS.len()];
        for (changed, (name, light, dark)) in changed.iter_mut().zip(TOKENS) {
            let (own_light, own_dark) = (fields.colour(name), fields.colour(&format!("{name}_dark")));
            *changed = own_light.is_some() || own_dark.is_some();
            let pair = [own_light.or_else(|| Colour::parse(light)), own_dark.or_else(|| Colour::parse(dark))];
            let [Some(light), Some(dark)] = pair else { continue };
            if *changed {
                css.push_str(&format!("  --{name}: light-dark({light}, {dark});\n"));
            }
            colours.push((light, dark));
        }
        if let Some(font) = fields.choice("font", &FONTS) {
            css.push_str(&format!("  --serif: {font};\n"));
        }
        if let Some(width) = fields.choice("width", &WIDTHS) {
            css.push_str(&format!("  --column: {width};\n"));
        }
        if let ([page, ink, accent], true) = (colours.as_slice(), changed.contains(&true)) {
            for (name, colour) in [("ink", ink), ("accent", accent)] {
                tell_contrast(name, *colour, *page, &mut warnings);
            }
        }
        let page = colours.first().map(|(light, dark)| Colours { light: light.to_string(), dark: dark.to_string() });
        let sheet = (!css.is_empty()).then(|| {
            let css = format!("/* The owner's choices, from site.json. */\n:root {{\n{css}}}\n");
            (format!("assets/theme-{}.css", short_hash(css.as_bytes())), css)
        });
        let own_sheets = own_sheets(site, root, &mut warnings);
        let page = page.unwrap_or_else(|| Colours { light: TOKENS[0].1.to_owned(), dark: TOKENS[0].2.to_owned() });
        Self { sheet, own_sheets, page, warnings }
    }

    /// All sheets, in the order in which pages name them.
    pub(super) fn style_sheets(&self) -> Vec<String> {
        self.sheet.iter().map(|(name, _)| name).chain(&self.own_sheets).cloned().collect()
    }
}

fn tell_contrast(name: &str, colour: (Colour, Colour), page: (Colour, Colour), warnings: &mut Vec<String>) {
    for (suffix, colour, page) in [("", colour.0, page.0), ("_dark", colour.1, page.1)] {
        let contrast = colour.contrast(page);
        if contrast < CONTRAST_MIN {
            warnings.push(format!(
                "site.json: theme.{name}{suffix}: {colour} on {page} has a contrast of {contrast:.1}; less than \
                 {CONTRAST_MIN} is hard to read"
            ));
        }
    }
}

/// The fields of `theme`, with a note of those that are wrong.
struct Chosen<'a> {
    theme: Option<&'a Value>,
    warnings: &'a mut Vec<String>,
}

impl Chosen<'_> {
    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.theme?.get(key).filter(|value| **value != Value::Null)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.warnings.push(format!("site.json: theme.{key}: this should be a text in quotes; it was left out"));
        }
        text
    }

    fn colour(&mut self, key: &str) -> Option<Colour> {
        let text = self.text(key)?;
        let colour = Colour::parse(&text);
        if colour.is_none() {
            self.warnings.push(format!(
                "site.json: theme.{key}: {text:?} is no colour that we know, such as \"#0c6361\", \"hsl(180 80% 20%)\" or \
                 \"teal\"; it was left out"
            ));
        }
        colour
    }

    /// One of some words; `None` also for the one that changes nothing.
    fn choice(&mut self, key: &str, choices: &[(&str, &'static str)]) -> Option<&'static str> {
        let text = self.text(key)?;
        let found = choices.iter().find(|(name, _)| *name == text.trim()).map(|(_, value)| *value);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.warnings.push(format!("site.json: theme.{key}: {text:?} is none of {names}; it was left out"));
        }
        found.filter(|value| !value.is_empty())
    }

    fn tell_unknown(&mut self) {
        let Some(theme) = self.theme else { return };
        let Some(fields) = theme.as_object() else {
            self.warnings.push("site.json: theme: this should be an object; it was left out".to_owned());
            return;
        };
        let is_known = |key: &str| {
            let colour = key.strip_suffix("_dark").unwrap_or(key);
            TOKENS.iter().any(|(name, ..)| *name == colour) || key == "font" || key == "width"
        };
        // Names of other programs begin with an underscore.
        for (key, _) in fields.iter().filter(|(key, _)| !is_known(key) && !key.starts_with('_')) {
            self.warnings.push(format!("site.json: theme.{key}: there is no such choice; it was left out"));
        }
    }
}

fn own_sheets(site: &Value, root: &Path, warnings: &mut Vec<String>) -> Vec<String> {
    let Some(list) = site.get("style_sheets") else { return Vec::new() };
    let mut sheets = Vec::new();
    let mut tell = |what: &str| warnings.push(format!("site.json: style_sheets: {what}; it was left out"));
    let Some(list) = list.as_array() else {
        tell("this should be a list of names of files");
        return sheets;
    };
    for value in list {
        let Some(name) = value.as_str() else {
            tell("one of them is no text");
            continue;
        };
        let inside = !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || name.contains([':', '\\', '?', '#']) {
            tell(&format!("{name:?} is no file beside site.json"));
        } else if !root.join(name).is_file() {
            tell(&format!("there is no file {name:?} beside site.json"));
        } else {
            sheets.push(name.to_owned());
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_adapters::json::parse;
    use expect_test::{Expect, expect};

    fn check(site: &str, expected: Expect) {
        let theme = Theme::read(&parse(site.as_bytes()).unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")));
        let mut picture = theme.sheet.map(|(_, css)| css).unwrap_or_default();
        for sheet in theme.own_sheets {
            picture += &format!("sheet {sheet}\n");
        }
        for warning in theme.warnings {
            picture += &format!("warning: {warning}\n");
        }
        expected.assert_eq(&picture);
    }

    #[test]
    fn choices_become_tokens() {
        check("{}", expect![""]);
        check(r#"{"theme": {"font": "serif", "width": "normal"}}"#, expect![""]);
        check(
            r##"{"theme": {"accent": "#8a2b06", "font": "sans", "width": "wide"}, "style_sheets": ["Cargo.toml"]}"##,
            expect![[r#"
                /* The owner's choices, from site.json. */
                :root {
                  --accent: light-dark(#8a2b06, #7cc7bf);
                  --serif: "Avenir Next", Avenir, "Segoe UI", Candara, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
                  --column: 46rem;
                }
                sheet Cargo.toml
            "#]],
        );
    }

    #[test]
    fn wrong_choices_are_named_and_left_out() {
        check(
            r#"{"theme": {"accent": "red;} body{", "ink": 5, "font": "comic", "glow": "x", "_mine": 1},
                "style_sheets": ["../x.css", "https://x.example/a.css", "gone.css", 3]}"#,
            expect![[r##"
                warning: site.json: theme.glow: there is no such choice; it was left out
                warning: site.json: theme.ink: this should be a text in quotes; it was left out
                warning: site.json: theme.accent: "red;} body{" is no colour that we know, such as "#0c6361", "hsl(180 80% 20%)" or "teal"; it was left out
                warning: site.json: theme.font: "comic" is none of serif, sans, mono, system; it was left out
                warning: site.json: style_sheets: "../x.css" is no file beside site.json; it was left out
                warning: site.json: style_sheets: "https://x.example/a.css" is no file beside site.json; it was left out
                warning: site.json: style_sheets: there is no file "gone.css" beside site.json; it was left out
                warning: site.json: style_sheets: one of them is no text; it was left out
            "##]],
        );
        check(
            r#"{"theme": []}"#,
            expect![[r#"
                warning: site.json: theme: this should be an object; it was left out
            "#]],
        );
    }

    #[test]
    fn a_pale_accent_is_told() {
        let site = parse(br#"{"theme": {"accent": "gold", "page_dark": "black"}}"#).unwrap();
        let warnings = Theme::read(&site, Path::new(".")).warnings;
        assert_eq!(
            warnings,
            ["site.json: theme.accent: #ffd700 on #fdfcf8 has a contrast of 1.4; less than 4.5 is hard to read"]
        );
    }

    #[test]
    fn the_own_colours_are_those_of_the_app() {
        let tokens = include_str!("../../../../style/tokens.css");
        for (name, light, dark) in TOKENS {
            assert!(tokens.contains(&format!("--{name}: light-dark({light}, {dark});")), "{name}");
        }
        for token in ["serif", "mono", "column", "raised", "wash", "line", "edge", "muted", "accent-wash"] {
            assert!(tokens.contains(&format!("  --{token}: ")), "{token}");
        }
    }
}
