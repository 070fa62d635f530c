//! `redirects.json`: where old addresses that are no post's lead now.

use crate::content::{ContentError, read_json, write_file};
use afterword_adapters::json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Beside `site.json`; the owner may add to it.
const REDIRECTS_FILE: &str = "redirects.json";

/// Adds to the redirects of a folder. What is there stays as it is, whoever wrote it. Without redirects no file is made.
///
/// # Errors
/// When the file cannot be read or written.
pub(super) fn add_redirects(root: &Path, redirects: &BTreeMap<String, String>) -> Result<(), ContentError> {
    let path = root.join(REDIRECTS_FILE);
    let before = read_json(&path)?;
    let mut fields = match before {
        Some(Value::Object(fields)) => fields,
        // Not ours to mend: `check` and `build` tell what is wrong with it.
        Some(_) => return Ok(()),
        None => Vec::new(),
    };
    let there: HashSet<String> = fields.iter().map(|(old, _)| old.clone()).collect();
    let new = redirects.iter().filter(|(old, _)| !there.contains(*old));
    fields.extend(new.map(|(old, new)| (old.clone(), Value::from(new.as_str()))));
    if fields.is_empty() {
        return Ok(());
    }
    write_file(&path, Value::Object(fields).to_json_pretty().as_bytes())
}
