//! `size`: what every file of the bundle weighs, raw and compressed, and whether the budgets hold.
//!
//! kB are 1,000 bytes. The budgets are the design's: what a reader's browser loads before the app runs.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::args::Args;
use crate::bundle::{self, Asset, Manifest, Mode};
use crate::code_size;
use crate::project::Project;
use crate::setup;

/// First-load code of the site after Brotli, in bytes: WebAssembly, script and style.
const SITE_BUDGET_BYTES: u64 = 85_000;

/// Parts that a page needs at once when it was not prerendered: in the embed, and in `404.html`. Shown as a sum of its own,
/// so that what was split off does not look like saved.
const PARTS_TO_MOUNT: [&str; 1] = ["reader"];

/// Bytes of one file or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Weight {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// A line of the table.
struct Row {
    what: String,
    weight: Weight,
    /// For sums: the most that Brotli may leave, in bytes.
    budget: Option<u64>,
}

/// `cargo xtask size`.
pub(crate) fn command(project: &Project, mut args: Args) -> Result<ExitCode> {
    let (as_json, by_crate) = (args.flag("--json"), args.flag("--crates"));
    args.finish()?;
    setup::for_bundle(project)?;
    bundle::bundle(project, Mode::Release)?;
    let rows = weigh(&project.bundle())?;
    if as_json {
        println!("{:#}", json(&rows))
    } else {
        print!("{}", table(&rows))
    }
    if by_crate {
        print!("\n{}", code_size::by_crate(&bundle::named_module(project)?)?);
    }
    Ok(if rows.iter().all(Row::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// An error that names each budget that does not hold.
pub(crate) fn check(project: &Project) -> Result<()> {
    let rows = weigh(&project.bundle())?;
    print!("{}", table(&rows));
    let over: Vec<&str> = rows.iter().filter(|row| !row.holds()).map(|row| row.what.as_str()).collect();
    if over.is_empty() { Ok(()) } else { bail!("over budget: {}", over.join(", ")) }
}

fn weigh(bundle: &Path) -> Result<Vec<Row>> {
    let manifest = fs::read_to_string(bundle.join("bundle.json")).context("there is no bundle")?;
    let manifest = Manifest::from_json(&manifest)?;
    let first: Vec<&Asset> = first_load(&manifest).collect();
    let mut later: Vec<&Asset> = manifest.parts.iter().flat_map(|part| part.files()).collect();
    later.sort_by(|a, b| a.file.cmp(&b.file));
    later.dedup();
    let mut rows = Vec::new();
    for (files, sum, budget) in
        [(first, "first load of the site", Some(SITE_BUDGET_BYTES)), (later, "parts, when wanted", None)]
    {
        let weights = files.iter().map(|asset| Weight::of(bundle, asset)).collect::<Result<Vec<_>>>()?;
        let total = sum_of(bundle, &files)?;
        rows.extend(files.iter().zip(&weights).map(|(asset, weight)| Row {
            what: asset.name().to_owned(),
            weight: *weight,
            budget: None,
        }));
        rows.push(Row { what: sum.to_owned(), weight: total, budget });
    }
    let at_once = manifest.parts.iter().filter(|part| PARTS_TO_MOUNT.contains(&part.name.as_str()));
    let mut mounted: Vec<&Asset> = first_load(&manifest).chain(at_once.flat_map(|part| part.files())).collect();
    mounted.dedup();
    let what = "first load where nothing was prerendered".to_owned();
    rows.push(Row { what, weight: sum_of(bundle, &mounted)?, budget: None });
    rows.push(Row { what: "to read a prerendered page".to_owned(), weight: Weight::default(), budget: Some(0) });
    Ok(rows)
}

/// What every page loads to start the app.
fn first_load(manifest: &Manifest) -> impl Iterator<Item = &Asset> {
    let code = [&manifest.entry, &manifest.main].into_iter().chain(&manifest.styles);
    code.chain(manifest.scripts.iter().map(|(_, asset)| asset))
}

fn sum_of(bundle: &Path, files: &[&Asset]) -> Result<Weight> {
    files.iter().try_fold(Weight::default(), |sum, asset| Ok(sum.plus(Weight::of(bundle, asset)?)))
}

impl Weight {
    fn of(bundle: &Path, asset: &Asset) -> Result<Self> {
        let length = |extension: &str| {
            let name = format!("{}{extension}", asset.file);
            fs::metadata(bundle.join(&name)).map(|data| data.len()).with_context(|| format!("the bundle has no {name}"))
        };
        Ok(Self { raw: length("")?, gzip: length(".gz")?, brotli: length(".br")? })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

impl Row {
    fn holds(&self) -> bool {
        self.budget.is_none_or(|most| self.weight.brotli <= most)
    }
}

fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.what.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:>8}  {:>8}  {:>8}  budget (kB)\n", "", "raw", "gzip", "Brotli");
    for row in rows {
        let Weight { raw, gzip, brotli } = row.weight;
        let verdict = match row.budget {
            Some(most) if row.holds() => format!("≤ {}", kilobytes(most)),
            Some(most) => format!("≤ {}: over", kilobytes(most)),
            None => String::new(),
        };
        let line = format!(
            "{:width$}  {:>8}  {:>8}  {:>8}  {verdict}",
            row.what,
            kilobytes(raw),
            kilobytes(gzip),
            kilobytes(brotli)
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn kilobytes(bytes: u64) -> String {
    // Rounded up, so that a table never shows a budget as held that is not.
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let Weight { raw, gzip, brotli } = row.weight;
        json!({ "what": row.what, "raw": raw, "gzip": gzip, "brotli": brotli, "budget": row.budget, "holds": row.holds() })
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{Row, Weight, table};

    fn row(what: &str, brotli: u64, budget: Option<u64>) -> Row {
        Row { what: what.to_owned(), weight: Weight { raw: brotli * 3, gzip: brotli * 2, brotli }, budget }
    }

    #[test]
    fn budgets_are_held_to_the_byte() {
        let rows =
            [row("afterword.wasm", 30_800, None), row("held", 85_000, Some(85_000)), row("not", 85_001, Some(85_000))];
        expect![[r#"
                                 raw      gzip    Brotli  budget (kB)
            afterword.wasm      92.4      61.6      30.8
            held               255.0     170.0      85.0  ≤ 85.0
            not                255.1     170.1      85.1  ≤ 85.0: over
        "#]]
        .assert_eq(&table(&rows));
    }
}
