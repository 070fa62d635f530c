//! The names under which glue and module know the browser's functions, without their hashes.
//!
//! wasm-bindgen ends each name in a hash of 16 digits. Nobody compresses a hash: in the glue and in the module these some
//! 270 names take 2 kB each, more than some whole features. Names of the same length, numbered where two would be the
//! same, compress to next to nothing, and nothing in the module moves.

use std::collections::{BTreeMap, BTreeSet};

/// What the names begin with.
const PREFIX: &str = "__wbg_";
/// How many digits a hash has.
const HASH_LEN: usize = 16;

/// Takes the hashes out of the names in the glue and in the module that goes with it.
pub(super) fn take_out_hashes(glue: &mut String, module: &mut [u8]) {
    for (name, plain) in plain_names(glue) {
        *glue = glue.replace(&name, &plain);
        for at in places(module, name.as_bytes()) {
            module[at..at + plain.len()].copy_from_slice(plain.as_bytes());
        }
    }
}

/// Each name with a hash that occurs in the glue, and one without.
fn plain_names(glue: &str) -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = glue.match_indices(PREFIX).filter_map(|(at, _)| hashed_name(&glue[at..])).collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let plain = |name: &str, number: usize| format!("{}{number:0HASH_LEN$}", &name[..name.len() - HASH_LEN]);
    names
        .into_iter()
        .map(|name| {
            let number = numbers.entry(&name[..name.len() - HASH_LEN]).or_default();
            *number += 1;
            (name.to_owned(), plain(name, *number))
        })
        .collect()
}

/// The name at the beginning of a text, if it ends in a hash.
fn hashed_name(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let name = &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())];
    let (_, hash) = name.rsplit_once('_')?;
    let is_hash = hash.len() == HASH_LEN && hash.bytes().all(|b| b.is_ascii_hexdigit());
    is_hash.then_some(name)
}

fn places(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(wanted.len()).enumerate();
    windows.filter(|(_, window)| *window == wanted).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_apart_and_as_long_as_they_were() {
        let hashes = ["0123456789abcdef", "fedcba9876543210", "00000000000000aa"];
        let names = ["get", "get", "get_size"].iter().zip(hashes).map(|(name, hash)| format!("{PREFIX}{name}_{hash}"));
        let names: Vec<String> = names.collect();
        let text = format!(
            "f({}, {0}); g({}); {}: 1, __wbg_set_wasm(x), __wbindgen_cast_0000000000000001",
            names[0], names[1], names[2]
        );
        let (mut glue, mut module) = (text.clone(), text.clone().into_bytes());
        take_out_hashes(&mut glue, &mut module);
        assert_eq!(glue.as_bytes(), module);
        assert_eq!(glue.len(), text.len());
        assert_eq!(
            glue,
            "f(__wbg_get_0000000000000001, __wbg_get_0000000000000001); g(__wbg_get_0000000000000002); \
             __wbg_get_size_0000000000000001: 1, __wbg_set_wasm(x), __wbindgen_cast_0000000000000001"
        );
    }
}
