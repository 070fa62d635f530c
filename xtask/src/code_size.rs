//! Which crates the code of a WebAssembly module comes from, by the names of its functions: where to look when a budget
//! does not hold. Bytes before optimising, so shares count and not sums.

use std::collections::HashMap;
use std::fmt::Write;

use anyhow::Result;
use wasmparser::{BinaryReaderError, KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates and functions below these ranks are too small to matter.
const CRATES_SHOWN: usize = 12;
const FUNCTIONS_SHOWN: usize = 25;
/// Longer names are cut: generic ones fill a screen.
const NAME_SHOWN_CHARS: usize = 110;

/// A table of crates, then one of the largest functions.
pub(crate) fn by_crate(module: &[u8]) -> Result<String> {
    let functions = functions(module)?;
    let all: usize = functions.iter().map(|(_, bytes)| bytes).sum();
    let mut crates: HashMap<&str, usize> = HashMap::new();
    for (name, bytes) in &functions {
        *crates.entry(crate_of(name)).or_default() += bytes;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut text = format!("code by crate, before wasm-opt: {all} bytes\n");
    for (name, bytes) in crates.iter().take(CRATES_SHOWN) {
        let _ = writeln!(text, "{bytes:>9}  {:>4} %  {name}", bytes * 100 / all.max(1));
    }
    let mut functions = functions;
    functions.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    text.push_str("largest functions\n");
    for (name, bytes) in functions.iter().take(FUNCTIONS_SHOWN) {
        let short: String = name.chars().take(NAME_SHOWN_CHARS).collect();
        let _ = writeln!(text, "{bytes:>9}  {short}");
    }
    Ok(text)
}

/// Name and bytes of each function; those without a name are called by their number.
fn functions(module: &[u8]) -> Result<Vec<(String, usize)>, BinaryReaderError> {
    let (mut imported, mut lengths, mut names) = (0_u32, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(section) = &payload {
            for import in section.clone().into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
            }
        } else if let Payload::CodeSectionEntry(body) = &payload {
            lengths.push(body.range().len());
        } else if let Payload::CustomSection(section) = &payload
            && let KnownCustom::Name(sections) = section.as_known()
        {
            for section in sections {
                if let Name::Function(map) = section? {
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
        }
    }
    let numbered = (imported..).zip(lengths);
    Ok(numbered.map(|(index, bytes)| (names.remove(&index).unwrap_or_else(|| format!("{index}")), bytes)).collect())
}

/// The crate whose code it is: the first word before `::`, behind what stands in front of an implementation.
fn crate_of(name: &str) -> &str {
    let path = name.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let path = path.split_once(" as ").filter(|(before, _)| !before.contains("::")).map_or(path, |(_, after)| after);
    let end = path.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(path.len());
    if path[end..].contains("::") { &path[..end] } else { "(no crate)" }
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn the_crate_is_told_by_the_name() {
        for (name, krate) in [
            ("afterword::app::run::h38d8647760e9b233", "afterword"),
            ("<T as tachys::view::any_view::IntoAny>::into_any", "tachys"),
            ("<dlmalloc[e24a]::dlmalloc::Dlmalloc<dlmalloc::sys::System>>::malloc", "dlmalloc"),
            ("core[c5930c]::fmt::float::exact::<f64>", "core"),
            ("main", "(no crate)"),
        ] {
            assert_eq!(crate_of(name), krate, "{name}");
        }
    }
}
