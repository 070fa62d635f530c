//! The browser's database, in which what a reader writes is kept until a server has taken it.
//!
//! Each call is one transaction, and nothing is awaited inside of one: a transaction that nobody asks anything of ends. What
//! is written has durability "strict", and counts as written when the transaction says that it is complete. Every way in can
//! fail in a way of its own, depending on browser and setting; here they all become a [`StorageError`]. Nothing waits for
//! ever.

mod request;
mod value;

pub mod channel;
pub mod peek;

pub use afterword_core::draft::StorageError;
pub use afterword_core::draft::record::{Change, Field, Fields, Store};

use super::listener::{Listener, Timer};
use js_sys::{Array, Function, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction};

/// Its name.
pub(crate) const NAME: &str = "afterword";

/// Its version: which object stores there are. Records have versions of their own.
const VERSION: u32 = 1;

/// An open database that neither opens nor fails within this time is held by another page: somebody who types should know
/// soon that nothing is kept, and disks that are only slow answer within it.
const OPEN_MILLIS: i32 = 4_000;

/// A transaction gets so long: it may have to wait for those of other tabs, and for a slow disk.
const TRANSACTION_MILLIS: i32 = 8_000;

/// An open connection; a copy is a handle to the same. It lets go as soon as another page wants to delete the database or
/// bring it to another version.
#[derive(Clone)]
pub struct Database(Rc<Connection>);

struct Connection {
    raw: IdbDatabase,
    closed: Rc<Cell<bool>>,
    _listeners: [Listener; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.raw.close();
    }
}

thread_local! {
    /// The connection of this page. Drafts and outbox share it.
    static OPEN: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// Whether this page has the database open.
pub fn is_open() -> bool {
    OPEN.with(|open| open.borrow().as_ref().is_some_and(|database| !database.0.closed.get()))
}

/// The database of this page; opened if it is not, and made if there is none.
///
/// # Errors
/// [`StorageError`] when it cannot be had, within a few seconds.
pub async fn open() -> Result<Database, StorageError> {
    let known = OPEN.with(|open| open.borrow().clone().filter(|database| !database.0.closed.get()));
    if let Some(database) = known {
        return Ok(database);
    }
    let raw = match connect(Some(VERSION)).await {
        // A newer version of Afterword was here. If it has kept the stores, their records say whether they can be read.
        Err(StorageError::Corrupt) => connect(None).await?,
        opened => opened?,
    };
    let names = raw.object_store_names();
    if Store::ALL.iter().any(|store| !names.contains(store.name())) {
        raw.close();
        return Err(StorageError::Corrupt);
    }
    let database = Database::around(raw);
    OPEN.with(|open| *open.borrow_mut() = Some(database.clone()));
    Ok(database)
}

/// Deletes the whole database, with all that is in it.
///
/// # Errors
/// [`StorageError`] when another page does not let go of it within a few seconds, or the browser refuses.
pub async fn delete() -> Result<(), StorageError> {
    if let Some(database) = OPEN.with(|open| open.borrow_mut().take()) {
        database.close();
    }
    let request = factory()?.delete_database(NAME).map_err(|error| request::error_of(&error))?;
    let (sender, receiver) = request::once();
    let ended = sender.clone();
    let _success = Listener::new(&request, "success", move |_: Event| request::answer(&ended, Ok(())));
    let _error = request::on_error(&request, &sender);
    let late = sender.clone();
    let _timer = Timer::start(OPEN_MILLIS, move || request::answer(&late, Err(StorageError::Blocked)));
    request::outcome(receiver).await
}

fn factory() -> Result<IdbFactory, StorageError> {
    let window = web_sys::window().ok_or(StorageError::Missing)?;
    match window.indexed_db() {
        Ok(Some(factory)) => Ok(factory),
        Ok(None) => Err(StorageError::Missing),
        Err(error) => Err(request::error_of(&error)),
    }
}

/// Opens a connection, of just this version or of the one there is.
async fn connect(version: Option<u32>) -> Result<IdbDatabase, StorageError> {
    let factory = factory()?;
    let request = match version {
        Some(version) => factory.open_with_u32(NAME, version),
        None => factory.open(NAME),
    };
    let request = request.map_err(|error| forbidden(request::error_of(&error)))?;
    let (sender, receiver) = request::once();
    let asked = request.clone();
    let upgrade = Listener::new(&request, "upgradeneeded", move |_: Event| {
        let Ok(raw) = asked.result() else { return };
        let raw: IdbDatabase = raw.unchecked_into();
        for store in Store::ALL {
            // Refused only for a store that is there already.
            let _ = raw.create_object_store(store.name());
        }
    });
    let (asked, opened) = (request.clone(), sender.clone());
    let success = Listener::new(&request, "success", move |_: Event| {
        let Ok(raw) = asked.result() else { return };
        let raw: IdbDatabase = raw.unchecked_into();
        if opened.borrow().is_none() {
            // Nobody waits any more. An open connection would keep others from deleting the database.
            raw.close();
        }
        request::answer(&opened, Ok(raw));
    });
    let error = request::on_error(&request, &sender);
    let given_up = Rc::new(Cell::new(false));
    let (late, gave_up) = (sender.clone(), Rc::clone(&given_up));
    let _timer = Timer::start(OPEN_MILLIS, move || {
        gave_up.set(true);
        request::answer(&late, Err(StorageError::Blocked));
    });
    let outcome = request::outcome(receiver).await;
    if given_up.get() {
        // They close what comes late, so they have to stay. This happens once for each attempt, seconds apart.
        std::mem::forget((upgrade, success, error));
    }
    outcome.map_err(forbidden)
}

/// What is not open yet cannot have been closed: Firefox says so where storing is forbidden.
fn forbidden(error: StorageError) -> StorageError {
    if error == StorageError::Closed { StorageError::Blocked } else { error }
}

impl Database {
    fn around(raw: IdbDatabase) -> Self {
        let closed = Rc::new(Cell::new(false));
        let (let_go, is_closed) = (raw.clone(), Rc::clone(&closed));
        let version_change = Listener::new(&raw, "versionchange", move |_: Event| {
            is_closed.set(true);
            let_go.close();
        });
        let is_closed = Rc::clone(&closed);
        let close = Listener::new(&raw, "close", move |_: Event| is_closed.set(true));
        Self(Rc::new(Connection { raw, closed, _listeners: [version_change, close] }))
    }

    /// Lets go of the database.
    pub fn close(&self) {
        self.0.closed.set(true);
        self.0.raw.close();
    }

    /// One record, if it is there.
    ///
    /// # Errors
    /// [`StorageError`] when it cannot be read.
    pub async fn get(&self, store: Store, key: &str) -> Result<Option<Fields>, StorageError> {
        let transaction = self.begin(&[store], false)?;
        let key = JsValue::from_str(key);
        let request = transaction.store(store)?.get(&key).map_err(|error| request::error_of(&error))?;
        transaction.complete().await?;
        Ok(value::decode(&result(&request)?))
    }

    /// All records of a store with their keys, in the order of the keys.
    ///
    /// # Errors
    /// [`StorageError`] when they cannot be read.
    pub async fn all(&self, store: Store) -> Result<Vec<(String, Fields)>, StorageError> {
        let transaction = self.begin(&[store], false)?;
        let object_store = transaction.store(store)?;
        let keys = object_store.get_all_keys().map_err(|error| request::error_of(&error))?;
        let values = object_store.get_all().map_err(|error| request::error_of(&error))?;
        transaction.complete().await?;
        let (keys, values): (Array, Array) = (result(&keys)?.unchecked_into(), result(&values)?.unchecked_into());
        let pairs = keys.iter().zip(values.iter());
        // All keys of ours are strings; what has another is nothing that we could ever write to.
        Ok(pairs.filter_map(|(key, value)| Some((key.as_string()?, value::decode(&value)?))).collect())
    }

    /// Reads one record, decides, and writes, all in one transaction: nobody can come in between. Comes back when what was
    /// written is on the disk.
    ///
    /// # Errors
    /// [`StorageError`]; then nothing was written. Only after a time-out ([`StorageError::Failed`]) a write that was
    /// under way may yet come through.
    pub async fn update(
        &self,
        store: Store,
        key: &str,
        decide: impl FnOnce(Option<Fields>) -> Change + 'static,
    ) -> Result<(), StorageError> {
        let decide = |mut found: Vec<Option<Fields>>| decide(found.pop().flatten());
        self.update_many(&[(store, key)], decide).await
    }

    /// As [`Self::update`], with several records read, in the order of `keys`.
    ///
    /// # Errors
    /// As [`Self::update`].
    pub async fn update_many(
        &self,
        keys: &[(Store, &str)],
        decide: impl FnOnce(Vec<Option<Fields>>) -> Change + 'static,
    ) -> Result<(), StorageError> {
        // Boxed, so that the machinery below is compiled once.
        self.update_boxed(keys, Box::new(decide)).await
    }

    async fn update_boxed(&self, keys: &[(Store, &str)], decide: Decide) -> Result<(), StorageError> {
        let transaction = self.begin(&Store::ALL, true)?;
        let mut requests = Vec::with_capacity(keys.len());
        for (store, key) in keys {
            let key = JsValue::from_str(key);
            requests.push(transaction.store(*store)?.get(&key).map_err(|error| request::error_of(&error))?);
        }
        let Some(last) = requests.last().cloned() else { return Ok(()) };
        let (raw, failure) = (transaction.raw.clone(), transaction.failure.clone());
        let mut decide = Some(decide);
        // Requests of a transaction are answered in their order, so with the last all are.
        let _read = Listener::new(&last, "success", move |_: Event| {
            let Some(decide) = decide.take() else { return };
            let found: Result<Vec<_>, _> = requests.iter().map(|get| Ok(value::decode(&result(get)?))).collect();
            if let Err(error) = found.and_then(|found| write(&raw, &decide(found))) {
                failure.set(Some(error));
                // Fails when it has ended already, and then its end tells why.
                let _ = raw.abort();
            }
        });
        transaction.complete().await
    }

    fn begin(&self, stores: &[Store], write: bool) -> Result<Transaction, StorageError> {
        let names: Array = stores.iter().map(|store| JsValue::from_str(store.name())).collect();
        let begun = if write { begin_strict(&self.0.raw, &names) } else { begin_read(&self.0.raw, &names) };
        let raw = begun.map_err(|error| {
            let error = request::error_of(&error);
            // A connection that takes no transaction is of no use; the next call opens another one.
            self.0.closed.set(true);
            error
        })?;
        Ok(Transaction { raw, failure: Rc::new(Cell::new(None)) })
    }
}

type Decide = Box<dyn FnOnce(Vec<Option<Fields>>) -> Change>;

struct Transaction {
    raw: IdbTransaction,
    /// Why we have broken it off, if we have.
    failure: Rc<Cell<Option<StorageError>>>,
}

impl Transaction {
    fn store(&self, store: Store) -> Result<IdbObjectStore, StorageError> {
        self.raw.object_store(store.name()).map_err(|error| request::error_of(&error))
    }

    /// Waits until all of it is done, and on the disk where something was written.
    async fn complete(self) -> Result<(), StorageError> {
        let (sender, receiver) = request::once();
        let completed = sender.clone();
        let _complete = Listener::new(&self.raw, "complete", move |_: Event| request::answer(&completed, Ok(())));
        let (aborted, raw, failure) = (sender.clone(), self.raw.clone(), self.failure.clone());
        let _abort = Listener::new(&self.raw, "abort", move |_: Event| {
            let why = failure.get().or_else(|| raw.error().map(|error| request::error_of(&error)));
            // Without a reason, the connection was closed under the transaction.
            request::answer(&aborted, Err(why.unwrap_or(StorageError::Closed)));
        });
        let raw = self.raw.clone();
        let _timer = Timer::start(TRANSACTION_MILLIS, move || {
            let _ = raw.abort();
            request::answer(&sender, Err(StorageError::Failed));
        });
        request::outcome(receiver).await
    }
}

fn begin_read(raw: &IdbDatabase, names: &Array) -> Result<IdbTransaction, JsValue> {
    raw.transaction_with_str_sequence(names)
}

/// By reflection: the bindings have no durability yet. Browsers that do not know it leave it out.
fn begin_strict(raw: &IdbDatabase, names: &Array) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: Function = Reflect::get(raw, &"transaction".into())?.dyn_into()?;
    begin.call3(raw, names, &"readwrite".into(), &options)?.dyn_into()
}

fn result(request: &IdbRequest) -> Result<JsValue, StorageError> {
    request.result().map_err(|error| request::error_of(&error))
}

fn write(raw: &IdbTransaction, change: &Change) -> Result<(), StorageError> {
    let store = |store: &Store| raw.object_store(store.name());
    let put = |(of, key, fields): &(Store, String, Fields)| {
        store(of)?.put_with_key(&value::encode(fields)?, &JsValue::from_str(key)).map(drop)
    };
    let delete = |(of, key): &(Store, String)| store(of)?.delete(&JsValue::from_str(key)).map(drop);
    let written = change.puts.iter().try_for_each(put).and_then(|()| change.deletes.iter().try_for_each(delete));
    written.map_err(|error| request::error_of(&error))
}
