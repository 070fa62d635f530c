//! `bundle.json`: what a bundle consists of, for the program that builds sites from it.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use super::Asset;

/// The version of `bundle.json`; a reader refuses one that it does not know.
const FORMAT: u64 = 1;

/// Files by what they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The one module script: glue, loader and start.
    pub(crate) entry: Asset,
    /// The main WebAssembly module.
    pub(crate) main: Asset,
    /// Parts that load when they are wanted, by name.
    pub(crate) parts: Vec<Part>,
    /// Style sheets, in order.
    pub(crate) styles: Vec<Asset>,
    /// Plain scripts that the page names, by source.
    pub(crate) scripts: Vec<(String, Asset)>,
}

/// What has to be loaded for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The name in `#[wasm_split(name)]`.
    pub(crate) name: String,
    /// Files that it shares with other parts: loaded first.
    pub(crate) shared: Vec<Asset>,
    /// Its own file; none when everything in it was shared.
    pub(crate) own: Option<Asset>,
}

impl Part {
    /// All its files, in the order of loading.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Asset> {
        self.shared.iter().chain(&self.own)
    }
}

impl Manifest {
    /// The text of `bundle.json`.
    pub(crate) fn to_json(&self) -> String {
        let parts: Map<String, Value> =
            self.parts.iter().map(|part| (part.name.clone(), part.files().map(asset_json).collect())).collect();
        let scripts: Map<String, Value> =
            self.scripts.iter().map(|(source, asset)| (source.clone(), asset_json(asset))).collect();
        let value = json!({
            "format": FORMAT,
            "entry": asset_json(&self.entry),
            "main": asset_json(&self.main),
            "parts": parts,
            "styles": self.styles.iter().map(asset_json).collect::<Value>(),
            "scripts": scripts,
            "page": "page.html",
        });
        format!("{value:#}\n")
    }

    /// Reads back what [`Manifest::to_json`] wrote; whether a part's file is shared is then told by its place.
    pub(crate) fn from_json(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text).context("bundle.json is not JSON")?;
        if value["format"] != FORMAT {
            bail!("bundle.json has format {}, this program knows {FORMAT}", value["format"]);
        }
        let object = |key: &str| value[key].as_object().cloned().unwrap_or_default();
        let parts = object("parts").into_iter().map(|(name, files)| {
            let mut shared = assets_from(&files)?;
            Ok(Part { name, own: shared.pop(), shared })
        });
        let scripts = object("scripts").into_iter().map(|(source, file)| Ok((source, asset_from(&file)?)));
        Ok(Self {
            entry: asset_from(&value["entry"])?,
            main: asset_from(&value["main"])?,
            parts: parts.collect::<Result<_>>()?,
            styles: assets_from(&value["styles"])?,
            scripts: scripts.collect::<Result<_>>()?,
        })
    }
}

fn asset_json(asset: &Asset) -> Value {
    json!({ "file": asset.file, "integrity": asset.integrity })
}

fn assets_from(value: &Value) -> Result<Vec<Asset>> {
    value.as_array().context("bundle.json: a list of files is missing")?.iter().map(asset_from).collect()
}

fn asset_from(value: &Value) -> Result<Asset> {
    let text = |key: &str| value[key].as_str().map(str::to_owned).context("bundle.json: a file is not described");
    Ok(Asset { file: text("file")?, integrity: text("integrity")? })
}

#[cfg(test)]
mod tests {
    use super::{Manifest, Part};
    use crate::bundle::Asset;

    fn asset(name: &str) -> Asset {
        Asset { file: format!("assets/{name}"), integrity: "sha384-x".to_owned() }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let manifest = Manifest {
            entry: asset("a.js"),
            main: asset("a.wasm"),
            parts: vec![Part {
                name: "help".to_owned(),
                shared: vec![asset("chunk.wasm")],
                own: Some(asset("help.wasm")),
            }],
            styles: vec![asset("a.css")],
            scripts: vec![("src/start/theme.js".to_owned(), asset("theme.js"))],
        };
        assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);
    }

    #[test]
    fn another_format_is_refused() {
        assert!(Manifest::from_json(r#"{"format": 2}"#).unwrap_err().to_string().contains("format 2"));
    }
}
