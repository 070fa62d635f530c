//! From rows to what is seen: as markup natively, as elements in the browser, from one description.
//!
//! [`part`] and [`row`] say what a row is made of, and [`write`] walks it; [`markup`] makes the prerendered page of it,
//! `words` what `rows.js` builds in the browser. [`renderer`] is the keyed renderer: rows in blocks, adopted when prerendered, moved when re-ordered.

pub mod avatar;
pub mod part;
pub mod region;
pub mod row;
#[cfg(any(feature = "browser", test))]
mod words;
pub mod write;

#[cfg(feature = "ssr")]
pub mod markup;

#[cfg(feature = "browser")]
mod block;
#[cfg(feature = "browser")]
mod blocks;
#[cfg(feature = "browser")]
pub mod body;
#[cfg(feature = "browser")]
mod estimate;
#[cfg(feature = "browser")]
pub mod fill;
#[cfg(feature = "browser")]
pub mod highlight;
#[cfg(feature = "browser")]
pub mod periods;
#[cfg(feature = "browser")]
mod place;
#[cfg(feature = "browser")]
pub mod preview;
#[cfg(feature = "browser")]
pub mod renderer;
#[cfg(feature = "browser")]
mod rows;
#[cfg(any(feature = "browser", test))]
mod shape;
#[cfg(feature = "browser")]
mod shown;
#[cfg(feature = "browser")]
mod state;
#[cfg(feature = "browser")]
pub mod times;
#[cfg(feature = "browser")]
mod veil;

/// Rows in each of the first blocks: few, so that the first screen lays out few rows.
pub const BLOCK_ROWS: usize = 20;

/// Rows in each block behind the prerendered ones. Every block costs something in every frame, a key typed elsewhere on
/// the page included: with 20 rows in each of them, a key cost 2.4 times as much at 10,000 comments as at none, with 100
/// it does not tell. More would make the layout of one block a long task on a phone.
pub const LATER_BLOCK_ROWS: usize = 100;

/// The block in which the row at a position is.
pub fn block_of(position: usize) -> usize {
    match position.checked_sub(PRERENDERED_ROWS) {
        None => position / BLOCK_ROWS,
        Some(later) => PRERENDERED_ROWS / BLOCK_ROWS + later / LATER_BLOCK_ROWS,
    }
}

/// The positions of the rows in a block, of a list that is long enough.
pub fn rows_of_block(block: usize) -> std::ops::Range<usize> {
    match block.checked_sub(PRERENDERED_ROWS / BLOCK_ROWS) {
        None => block * BLOCK_ROWS..(block + 1) * BLOCK_ROWS,
        Some(later) => {
            let from = PRERENDERED_ROWS + later * LATER_BLOCK_ROWS;
            from..from + LATER_BLOCK_ROWS
        }
    }
}

/// Rows in the prerendered page: some screens' worth on a desktop, and still a small file on a phone's line. The rest
/// is on linked static pages.
pub const PRERENDERED_ROWS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_one_block() {
        for position in [0, 19, 20, 199, 200, 299, 300, 12_345] {
            assert!(rows_of_block(block_of(position)).contains(&position), "{position}");
        }
        assert_eq!((block_of(199), block_of(200), block_of(300)), (9, 10, 11));
        assert_eq!((rows_of_block(9), rows_of_block(10)), (180..200, 200..300));
    }
}
