//! All matrices together, immutable: a new catalog replaces the old one whole.

use std::sync::Arc;

use super::matrix::{Activity, Matrix};

/// All matrices, sorted by service id and language so that nothing depends on the order of files.
#[derive(Debug, Default)]
pub struct Catalog {
    matrices: Vec<Arc<Matrix>>,
    by_id: Vec<ActivityKey>,
}

/// Where an activity stands in a catalog: cheap, and meaningless in any other catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActivityKey {
    /// The index of its matrix in [`Catalog::matrices`].
    pub matrix: u32,
    /// The index of the activity in [`Matrix::activities`].
    pub activity: u32,
}

/// An activity together with the matrix that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct ActivityRef<'a> {
    /// The matrix.
    pub matrix: &'a Matrix,
    /// The activity.
    pub activity: &'a Activity,
}

impl Catalog {
    /// A catalog of these matrices, whatever their order.
    #[must_use]
    pub fn new(mut matrices: Vec<Matrix>) -> Self {
        matrices.sort_by(|a, b| {
            (&a.service.id, &a.language, &a.service.name).cmp(&(
                &b.service.id,
                &b.language,
                &b.service.name,
            ))
        });
        Self::sorted(matrices.into_iter().map(Arc::new).collect())
    }

    /// Those matrices of this catalog that are to be kept; they are shared, not copied.
    #[must_use]
    pub fn part(&self, keep: impl Fn(&Matrix) -> bool) -> Self {
        Self::sorted(self.matrices.iter().filter(|matrix| keep(matrix)).cloned().collect())
    }

    fn sorted(matrices: Vec<Arc<Matrix>>) -> Self {
        let mut catalog = Self { matrices, by_id: Vec::new() };
        let mut by_id: Vec<ActivityKey> = catalog.keys().collect();
        by_id.sort_by(|&a, &b| (catalog.id(a), a).cmp(&(catalog.id(b), b)));
        catalog.by_id = by_id;
        catalog
    }

    /// The matrices, sorted by service id and language.
    #[must_use]
    pub fn matrices(&self) -> &[Arc<Matrix>] {
        &self.matrices
    }

    /// The activity at a key of this catalog.
    ///
    /// # Panics
    ///
    /// When the key comes from another catalog and points past the end of this one.
    #[must_use]
    pub fn at(&self, key: ActivityKey) -> ActivityRef<'_> {
        let matrix = &self.matrices[key.matrix as usize];
        ActivityRef { matrix, activity: &matrix.activities[key.activity as usize] }
    }

    /// The key of the activity with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ActivityKey> {
        let found = self.by_id.partition_point(|&key| self.id(key) < id);
        self.by_id.get(found).copied().filter(|&key| self.id(key) == id)
    }

    /// The key of the activity whose id has this tag.
    #[must_use]
    pub fn tagged(&self, tag: &str) -> Option<ActivityKey> {
        self.keys().find(|&key| self.at(key).activity.id.tag() == tag)
    }

    /// Every activity's key, in the order of matrices and rows.
    pub fn keys(&self) -> impl Iterator<Item = ActivityKey> + '_ {
        (0..).zip(&self.matrices).flat_map(|(matrix, m)| {
            (0..).zip(&m.activities).map(move |(activity, _)| ActivityKey { matrix, activity })
        })
    }

    /// How many activities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.matrices.iter().map(|matrix| matrix.activities.len()).sum()
    }

    /// Whether there is no activity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The indices of the matrices that somebody reading `language` should see: each service once,
    /// in that language where there is one, else in English, else in the first there is.
    #[must_use]
    pub fn in_language(&self, language: &str) -> Vec<u32> {
        let primary = |tag: &Option<String>| {
            tag.as_deref().map(|tag| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase())
        };
        let mut chosen: Vec<(u32, u8)> = Vec::new();
        for (index, matrix) in (0..).zip(&self.matrices) {
            let rank = match primary(&matrix.language).as_deref() {
                Some(tag) if tag == language => 0,
                None | Some("en") => 1,
                Some(_) => 2,
            };
            match chosen.last_mut() {
                Some(last) if self.matrices[last.0 as usize].service.id == matrix.service.id => {
                    if rank < last.1 {
                        *last = (index, rank);
                    }
                }
                _ => chosen.push((index, rank)),
            }
        }
        chosen.into_iter().map(|(index, _)| index).collect()
    }

    fn id(&self, key: ActivityKey) -> &str {
        self.at(key).activity.id.as_str()
    }
}
