//! What each part of the search brings: the figures with all of them, and without each.

use raci_bot::domain::{Catalog, Matrix};
use raci_bot::import;
use raci_bot::search::{Index, Ingredient, Thesaurus};

use crate::quality::{Asked, scores};

const HEADING: &str = "  first  in three  wrong  precise  covered";

/// Prints the table.
pub(crate) fn print(matrices: &[Matrix], asked: &[Asked]) {
    let catalog = Catalog::new(matrices.to_vec());
    let bare = Catalog::new(matrices.iter().cloned().map(without_aliases).collect());
    let thesaurus = import::builtin_thesaurus();
    println!("{:<28}{}", "per cent of what was typed", HEADING);
    let line = |name: &str, catalog: &Catalog, thesaurus: &Thesaurus, without| {
        let index = Index::build_without(catalog, thesaurus, without);
        println!("{name:<28}{}", scores(catalog, &index, asked, |_| ()));
    };
    let none = Thesaurus::default();
    line("with everything", &catalog, &thesaurus, None);
    line("without aliases", &bare, &thesaurus, None);
    line("without the thesaurus", &catalog, &none, None);
    line("without both", &bare, &none, None);
    for ingredient in Ingredient::ALL {
        let name = format!("without {}", format!("{ingredient:?}").to_lowercase());
        line(&name, &catalog, &thesaurus, Some(ingredient));
    }
    for ingredient in Ingredient::ALL {
        let name = format!("no aliases, no {}", format!("{ingredient:?}").to_lowercase());
        line(&name, &bare, &thesaurus, Some(ingredient));
    }
}

fn without_aliases(mut matrix: Matrix) -> Matrix {
    matrix.activities.iter_mut().for_each(|row| row.aliases.clear());
    matrix
}
