//! `manifest.webmanifest`: how the blog looks on a home screen, for those who put it there.

use super::theme::Colours;
use afterword_adapters::json::Value;
use afterword_core::model::Site;
use afterword_core::words::direction;
use std::path::Path;

/// Its name in the site.
pub(super) const FILE: &str = "manifest.webmanifest";

/// The owner's picture for home screens.
const PNG_ICON: &str = "icon.png";

/// The text of the manifest. `root` is the content folder, in which the owner's pictures lie.
pub(super) fn encode(site: &Site, page: &Colours, root: &Path) -> String {
    let mut document = Value::default();
    let name = if site.title.trim().is_empty() { "Blog" } else { &site.title };
    document.set("name", Value::from(name));
    if let Some(description) = &site.description {
        document.set("description", Value::from(description.as_str()));
    }
    if let Some(language) = &site.language {
        document.set("lang", Value::from(language.as_str()));
        document.set("dir", Value::from(direction(language).name()));
    }
    for (key, value) in [
        ("start_url", "./"),
        ("scope", "./"),
        ("display", "minimal-ui"),
        ("background_color", &page.light),
        ("theme_color", &page.light),
    ] {
        document.set(key, Value::from(value));
    }
    let mut icons = vec![icon(super::ICON, "image/svg+xml", "any")];
    let png = std::fs::read(root.join(PNG_ICON)).ok();
    if let Some((width, height)) = png.as_deref().and_then(png_size) {
        icons.push(icon(PNG_ICON, "image/png", &format!("{width}x{height}")));
    }
    document.set("icons", Value::Array(icons));
    document.to_json_pretty()
}

fn icon(file: &str, media_type: &str, sizes: &str) -> Value {
    let mut icon = Value::default();
    for (key, value) in [("src", file), ("type", media_type), ("sizes", sizes)] {
        icon.set(key, Value::from(value));
    }
    icon
}

/// Width and height of a PNG file (PNG specification, 11.2.1: the header chunk comes first).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
    if rest.get(4..8)? != b"IHDR" { None } else { Some((number(8)?, number(12)?)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_in_its_header() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\0\x08\x06\0\0\0";
        assert_eq!(png_size(png), Some((512, 256)));
        assert_eq!(png_size(b"GIF89a"), None);
        assert_eq!(png_size(&png[..20]), None);
    }
}
