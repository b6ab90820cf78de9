//! The libraries, each as its documentation says for searching names.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, Term, doc};

/// The hits that are asked for.
const HITS: usize = 10;

/// Something that finds names.
pub(crate) trait Peer: Sized {
    const NAME: &'static str;

    fn build(names: &[String]) -> anyhow::Result<Self>;

    /// How many hits a query has, at most [`HITS`].
    fn search(&mut self, query: &str) -> usize;
}

/// The names compared letter by letter, as fuzzy finders do.
pub(crate) struct Nucleo {
    names: Vec<Utf32String>,
    matcher: Matcher,
}

impl Peer for Nucleo {
    const NAME: &'static str = "nucleo";

    fn build(names: &[String]) -> anyhow::Result<Self> {
        let names = names.iter().map(|name| Utf32String::from(name.as_str())).collect();
        Ok(Self { names, matcher: Matcher::new(Config::DEFAULT) })
    }

    fn search(&mut self, query: &str) -> usize {
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let mut best = Best::default();
        for (at, name) in self.names.iter().enumerate() {
            if let Some(score) = pattern.score(name.slice(..), &mut self.matcher) {
                best.offer(f64::from(score), at);
            }
        }
        best.0.len()
    }
}

/// A full-text index with stems and one misspelling a word.
pub(crate) struct Tantivy {
    searcher: Searcher,
    index: Index,
    name: Field,
}

impl Peer for Tantivy {
    const NAME: &'static str = "tantivy";

    fn build(names: &[String]) -> anyhow::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let name =
            schema.add_text_field("name", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 200_000_000)?;
        for text in names {
            writer.add_document(doc!(name => text.as_str()))?;
        }
        writer.commit()?;
        let searcher = index.reader()?.searcher();
        Ok(Self { searcher, index, name })
    }

    fn search(&mut self, query: &str) -> usize {
        let Some(mut tokenizer) = self.index.tokenizers().get("en_stem") else { return 0 };
        let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        tokenizer.token_stream(query).process(&mut |token| {
            let term = Term::from_field_text(self.name, &token.text);
            let exact = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
            words.push((Occur::Should, Box::new(exact)));
            if token.text.len() > 3 {
                words.push((Occur::Should, Box::new(FuzzyTermQuery::new(term, 1, true))));
            }
        });
        let best = TopDocs::with_limit(HITS).order_by_score();
        self.searcher.search(&BooleanQuery::new(words), &best).map_or(0, |hits| hits.len())
    }
}

/// The query compared with every whole name.
pub(crate) struct Strsim(Vec<String>);

impl Peer for Strsim {
    const NAME: &'static str = "strsim";

    fn build(names: &[String]) -> anyhow::Result<Self> {
        Ok(Self(names.iter().map(|name| name.to_lowercase()).collect()))
    }

    fn search(&mut self, query: &str) -> usize {
        let query = query.to_lowercase();
        let mut best = Best::default();
        for (at, name) in self.0.iter().enumerate() {
            best.offer(strsim::jaro_winkler(&query, name), at);
        }
        best.0.len()
    }
}

/// The best so far, best first.
#[derive(Default)]
struct Best(Vec<(f64, usize)>);

impl Best {
    fn offer(&mut self, score: f64, at: usize) {
        if self.0.len() == HITS && self.0[HITS - 1].0 >= score {
            return;
        }
        let place = self.0.partition_point(|&(known, _)| known >= score);
        self.0.insert(place, (score, at));
        self.0.truncate(HITS);
    }
}
