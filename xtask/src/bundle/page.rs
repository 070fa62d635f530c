//! `index.html` as Trunk reads it, turned into `page.html` of the bundle: tags with `data-trunk` become tags with hashed
//! addresses and integrity. Everything else, comments too, stays byte for byte.

use anyhow::{Context, Result, bail};

use super::{Asset, Manifest};

/// A page in pieces.
pub(super) struct Page {
    pieces: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// `<link data-trunk rel="css" href>`
    Style(String),
    /// `<script data-trunk src>`
    Script(String),
    /// `<link data-trunk rel="rust">`
    App,
    /// A file or folder that Trunk copies: content, which the site's builder brings, or Trunk's own start module.
    Copy,
}

impl Page {
    /// Finds the tags for Trunk. An error names a tag that we have no counterpart for.
    pub(super) fn parse(html: &str) -> Result<Self> {
        let mut pieces = Vec::new();
        let (mut text, mut rest) = (String::new(), html);
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = markup_length(rest).context("index.html ends inside a tag or comment")?;
            let (markup, after) = rest.split_at(length);
            rest = after;
            let Some(piece) = piece_of(markup)? else {
                text.push_str(markup);
                continue;
            };
            if let (Piece::Script(source), false) = (&piece, markup.ends_with("/>")) {
                let end = rest.find("</script>").with_context(|| format!("the script {source} has no end tag"))?;
                rest = &rest[end + "</script>".len()..];
            }
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(piece);
        }
        text.push_str(rest);
        pieces.push(Piece::Text(text));
        if !pieces.contains(&Piece::App) {
            bail!("index.html has no <link data-trunk rel=\"rust\">");
        }
        Ok(Self { pieces })
    }

    /// Sources of style sheets, in order.
    pub(super) fn styles(&self) -> impl Iterator<Item = &str> {
        self.pieces
            .iter()
            .filter_map(|piece| if let Piece::Style(source) = piece { Some(source.as_str()) } else { None })
    }

    /// Sources of plain scripts, in order.
    pub(super) fn scripts(&self) -> impl Iterator<Item = &str> {
        self.pieces
            .iter()
            .filter_map(|piece| if let Piece::Script(source) = piece { Some(source.as_str()) } else { None })
    }

    /// The page with the bundle's files, addressed as `assets/…`.
    pub(super) fn with_assets(&self, manifest: &Manifest) -> Result<String> {
        let mut html = String::new();
        let mut styles = manifest.styles.iter();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    // A tag that left nothing behind leaves no empty line either.
                    let doubled = html.trim_end_matches(' ').ends_with('\n') && text.starts_with('\n');
                    if doubled {
                        html.truncate(html.trim_end_matches(' ').len());
                    }
                    html.push_str(if doubled { &text[1..] } else { text });
                }
                // The sheets were joined: the first tag brings them all.
                Piece::Style(_) => styles.by_ref().for_each(|asset| html.push_str(&style_tag(asset))),
                Piece::Script(source) => {
                    let found = manifest.scripts.iter().find(|(known, _)| known == source);
                    html.push_str(&script_tag("", &found.with_context(|| format!("no asset for {source}"))?.1));
                }
                Piece::App => html.push_str(&script_tag("type=\"module\" ", &manifest.entry)),
                Piece::Copy => {}
            }
        }
        Ok(html)
    }
}

fn style_tag(asset: &Asset) -> String {
    format!("<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">", asset.file, asset.integrity)
}

fn script_tag(kind: &str, asset: &Asset) -> String {
    format!("<script {kind}src=\"{}\" integrity=\"{}\"></script>", asset.file, asset.integrity)
}

/// How long the tag or comment at the start of `rest` is.
fn markup_length(rest: &str) -> Option<usize> {
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|end| end + "-->".len());
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}

fn piece_of(markup: &str) -> Result<Option<Piece>> {
    let inside = markup.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let (tag, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    if markup.starts_with("<!--") || !matches!(tag, "link" | "script") {
        return Ok(None);
    }
    let attributes = attributes_of(attributes);
    let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    if value("data-trunk").is_none() {
        return Ok(None);
    }
    let named = |name: &str| value(name).with_context(|| format!("index.html: {markup} has no {name}"));
    Ok(Some(match (tag, value("rel").as_deref()) {
        ("script", _) => Piece::Script(named("src")?),
        (_, Some("css")) => Piece::Style(named("href")?),
        (_, Some("rust")) => Piece::App,
        (_, Some("copy-file" | "copy-dir")) => Piece::Copy,
        (_, other) => bail!("index.html: the bundle knows no data-trunk rel {other:?}"),
    }))
}

/// `name="value"` and bare names. Enough for a file of our own; values without quotes end at white space.
fn attributes_of(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (1, after[1..].find(quote).map_or(after.len(), |at| at + 1)),
                None => (0, after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            after[start..end].clone_into(&mut value);
            rest = after[end..].trim_start_matches(['"', '\'']).trim_start();
        }
        found.push((name, value));
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::Page;
    use crate::bundle::{Asset, Manifest};

    fn asset(file: &str) -> Asset {
        Asset { file: format!("assets/{file}"), integrity: "sha384-x".to_owned() }
    }

    fn check(html: &str, picture: Expect) {
        let manifest = Manifest {
            entry: asset("app.js"),
            main: asset("app.wasm"),
            parts: Vec::new(),
            styles: vec![asset("all.css")],
            scripts: vec![("src/start/theme.js".to_owned(), asset("theme.js"))],
        };
        picture.assert_eq(
            &Page::parse(html).and_then(|page| page.with_assets(&manifest)).unwrap_or_else(|e| e.to_string()),
        );
    }

    #[test]
    fn tags_for_trunk_become_hashed_tags_and_the_rest_stays() {
        check(
            concat!(
                "<!doctype html>\n<head>\n  <!-- <link data-trunk rel=\"css\" href=\"not me\"> -->\n",
                "  <link data-trunk rel='css' href='style/a.css'>\n  <link rel=\"css\" data-trunk href=\"style/b.css\" />\n",
                "  <script data-trunk src=\"src/start/theme.js\"></script>\n  <link data-trunk rel=\"rust\" data-bin=\"x\">\n",
                "  <link data-trunk rel=\"copy-dir\" href=\"public\">\n</head>\n<body><!--slot:page--></body>\n",
            ),
            expect![[r#"
                <!doctype html>
                <head>
                  <!-- <link data-trunk rel="css" href="not me"> -->
                  <link rel="stylesheet" href="assets/all.css" integrity="sha384-x">
                  <script src="assets/theme.js" integrity="sha384-x"></script>
                  <script type="module" src="assets/app.js" integrity="sha384-x"></script>
                </head>
                <body><!--slot:page--></body>
            "#]],
        );
    }

    #[test]
    fn what_has_no_counterpart_is_an_error() {
        check(
            "<link data-trunk rel=\"sass\" href=\"a\">",
            expect![[r#"index.html: the bundle knows no data-trunk rel Some("sass")"#]],
        );
        check("<p>nothing", expect![[r#"index.html has no <link data-trunk rel="rust">"#]]);
        check("<p title='", expect!["index.html ends inside a tag or comment"]);
    }
}
