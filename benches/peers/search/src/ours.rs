//! raci-bot's own search, on the same names.

use raci_bot::bot::Library;
use raci_bot::domain::{Activity, ActivityId, Catalog, Matrix, Scheme, Service, Source};
use raci_bot::import;
use raci_bot::search::Query;

use crate::peers::Peer;

/// Activities of a service, as in the benchmark's made-up catalogs.
const PER_SERVICE: usize = 40;

/// raci-bot.
pub(crate) struct Ours {
    library: Library,
    scope: Vec<u32>,
}

impl Peer for Ours {
    const NAME: &'static str = "raci-bot";

    fn build(names: &[String]) -> anyhow::Result<Self> {
        let matrices: Vec<Matrix> =
            names.chunks(PER_SERVICE).enumerate().map(|(at, names)| matrix(at, names)).collect();
        let scope = (0..u32::try_from(matrices.len())?).collect();
        let thesaurus = import::builtin_thesaurus();
        Ok(Self { library: Library::new(Catalog::new(matrices), &thesaurus, Vec::new()), scope })
    }

    fn search(&mut self, text: &str) -> usize {
        let Library { catalog, index, .. } = &self.library;
        index.search(catalog, Query { text, scope: &self.scope }).hits.len()
    }
}

fn matrix(at: usize, names: &[String]) -> Matrix {
    let id = format!("s{at}");
    let row = |(row, name): (usize, &String)| Activity {
        id: ActivityId::new(&id, None, &[], &format!("{name} {row}")),
        name: name.clone(),
        aliases: Vec::new(),
        note: None,
        section: None,
        assignments: Vec::new(),
    };
    Matrix {
        activities: names.iter().enumerate().map(row).collect(),
        service: Service { name: format!("Service {at}"), id: id.clone(), aliases: Vec::new(), confidential: false },
        language: None,
        scheme: Scheme::Raci,
        legend: Vec::new(),
        source: Source::default(),
        parties: Vec::new(),
        sections: Vec::new(),
        allowances: Vec::new(),
    }
}
