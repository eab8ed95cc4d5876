//! A wire to PostgreSQL that can be watched and broken: counts round trips, keeps the SQL, delays every answer, and
//! cuts the connection around the answer to a chosen statement. Speaks just enough of the protocol (PostgreSQL
//! manual, "Message Formats") to find the messages; offers neither TLS nor GSS, as it could not read those.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use super::sandbox::Sandbox;

const CANCEL_REQUEST: u32 = 80_877_102;
const SSL_REQUEST: u32 = 80_877_103;
const GSS_REQUEST: u32 = 80_877_104;

/// Port 1, tcpmux: a free one that was asked for and let go could be another test's by now.
const NOBODYS_PORT: u16 = 1;

/// An answer longer than this is passed on in parts.
const HELD_AT_MOST: usize = 64 * 1024;

/// Where the connection breaks, seen from the statement that [`Proxy::cut_at`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The statement never reaches the server.
    BeforeServer,
    /// The server has done it, the client does not hear of it.
    BeforeAnswer,
    /// The client has the answer, and nobody to say anything more to.
    AfterAnswer,
}

/// A proxy in front of one sandbox's database, until it is dropped.
pub struct Proxy {
    url: String,
    port: u16,
    wire: Arc<Wire>,
}

struct Wire {
    server: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    round_trips: usize,
    connections: usize,
    statements: Vec<String>,
    delay: Duration,
    is_refusing: bool,
    is_over: bool,
    cut_at: Option<(String, Cut)>,
    was_cut: bool,
    open: Vec<TcpStream>,
}

impl Proxy {
    /// Starts a proxy in front of a sandbox's PostgreSQL database.
    pub fn before(sandbox: &Sandbox) -> Self {
        let url = sandbox.database_url();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a local port is free");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let wire = Arc::new(Wire { server: address(&url), state: Mutex::default() });
        let serving = Arc::clone(&wire);
        thread::spawn(move || serving.accept(&listener));
        Self { url: through(&url, port), port, wire }
    }

    /// Returns the database's URL with the proxy in the server's place.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Returns how often a client had to wait for the server since the last reset: once for every ReadyForQuery and
    /// CopyInResponse. What it takes to connect is not in it: see [`Proxy::connections`].
    pub fn round_trips(&self) -> usize {
        self.wire.state().round_trips
    }

    /// Returns how many connections were opened since the last reset.
    pub fn connections(&self) -> usize {
        self.wire.state().connections
    }

    /// Returns the SQL of every Query and Parse message since the last reset, in order.
    pub fn statements(&self) -> Vec<String> {
        self.wire.state().statements.clone()
    }

    /// Starts counting anew.
    pub fn reset(&self) {
        let mut state = self.wire.state();
        state.round_trips = 0;
        state.connections = 0;
        state.statements.clear();
    }

    /// Makes every later round trip take this much longer, the one that starts a connection included.
    pub fn delay(&self, delay: Duration) {
        self.wire.state().delay = delay;
    }

    /// Cuts the connection at the next statement that begins so (case does not matter), once: who connects again
    /// gets through. `cut_at("COMMIT", Cut::BeforeAnswer)` is the lost COMMIT.
    pub fn cut_at(&self, statement: &str, cut: Cut) {
        let mut state = self.wire.state();
        state.cut_at = Some((statement.to_lowercase(), cut));
        state.was_cut = false;
    }

    /// Returns whether the last [`Proxy::cut_at`] has happened: a test that waits for it should ask.
    pub fn was_cut(&self) -> bool {
        self.wire.state().was_cut
    }

    /// Breaks every open connection, as a server does that restarts or puts idle clients out.
    pub fn cut_all(&self) {
        self.wire.state().close_all();
    }

    /// While true, breaks every connection and hangs up on every new one.
    pub fn refuse(&self, is_refusing: bool) {
        let mut state = self.wire.state();
        state.is_refusing = is_refusing;
        if is_refusing {
            state.close_all();
        }
    }

    /// Returns the database's URL on a port where nobody listens: connection refused, at once.
    pub fn unreachable_url(sandbox: &Sandbox) -> String {
        through(&sandbox.database_url(), NOBODYS_PORT)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let mut state = self.wire.state();
        state.is_over = true;
        state.close_all();
        drop(state);
        // Wakes the thread that accepts, so that it sees the end.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl State {
    fn close_all(&mut self) {
        for stream in self.open.drain(..) {
            close(&stream);
        }
    }
}

impl Wire {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics with the state in hand")
    }

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for client in listener.incoming().map_while(Result::ok) {
            if self.state().is_over {
                return;
            }
            let wire = Arc::clone(self);
            // A connection that breaks is what this is for: whoever is at its ends will say so.
            thread::spawn(move || wire.serve(client));
        }
    }

    fn serve(self: Arc<Self>, client: TcpStream) -> io::Result<()> {
        let server = TcpStream::connect(&self.server)?;
        self.register(&client, &server)?;
        let mut from_client = BufReader::new(client.try_clone()?);
        let Some(startup) = start_up(&mut from_client, &client)? else { return Ok(()) };
        (&server).write_all(&startup)?;
        if code(&startup) == CANCEL_REQUEST {
            return Ok(());
        }
        let link = Arc::new(Link { wire: self, client, server, cut: Mutex::default() });
        let answering = Arc::clone(&link);
        thread::spawn(move || answering.end(&answering.pass_answers()));
        link.end(&link.pass_questions(from_client));
        Ok(())
    }

    fn register(&self, client: &TcpStream, server: &TcpStream) -> io::Result<()> {
        // Without these two, short messages wait for one another and every figure is wrong.
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let mut state = self.state();
        state.connections += 1;
        state.open.push(client.try_clone()?);
        state.open.push(server.try_clone()?);
        if state.is_refusing {
            state.close_all();
        }
        Ok(())
    }

    /// Keeps the statement and says whether, and where, the connection breaks at it.
    fn note(&self, sql: String) -> Option<Cut> {
        let mut state = self.state();
        let is_named = |(statement, _): &mut (String, Cut)| {
            sql.trim_start().to_lowercase().starts_with(statement.as_str())
        };
        let cut = state.cut_at.take_if(is_named).map(|(_, cut)| cut);
        state.statements.push(sql);
        cut
    }

    fn wait_out_the_delay(&self) {
        let delay = self.state().delay;
        if !delay.is_zero() {
            thread::sleep(delay);
        }
    }
}

/// One connection through the proxy, both ways.
struct Link {
    wire: Arc<Wire>,
    client: TcpStream,
    server: TcpStream,
    /// Set from the statement to cut at until its answer.
    cut: Mutex<Option<Cut>>,
}

impl Link {
    fn pass_questions(&self, mut from_client: BufReader<TcpStream>) -> io::Result<()> {
        let mut to_server = BufWriter::new(&self.server);
        while let Some(message) = Message::read(&mut from_client)? {
            if let Some(cut) = message.sql().and_then(|sql| self.wire.note(sql)) {
                if cut == Cut::BeforeServer {
                    return self.break_off();
                }
                *self.cut.lock().expect("nothing panics with it in hand") = Some(cut);
            }
            to_server.write_all(&message.bytes)?;
            if from_client.buffer().is_empty() {
                to_server.flush()?;
            }
        }
        to_server.flush()?;
        self.server.shutdown(Shutdown::Write)
    }

    /// While a cut is due, holds an answer back until it is whole.
    fn pass_answers(&self) -> io::Result<()> {
        let mut from_server = BufReader::new(&self.server);
        let mut flight = Flight::default();
        while let Some(message) = Message::read(&mut from_server)? {
            let is_turn = flight.add(&message);
            if is_turn && !self.take_turn(&mut flight)? {
                return self.break_off();
            }
            let is_pause = from_server.buffer().is_empty() || flight.held.len() > HELD_AT_MOST;
            if is_pause && self.cut().is_none() {
                flight.pass_on(&self.client)?;
            }
        }
        flight.pass_on(&self.client)?;
        self.client.shutdown(Shutdown::Write)
    }

    /// Counts and passes on one answer; returns false where the connection is to break.
    fn take_turn(&self, flight: &mut Flight) -> io::Result<bool> {
        self.wire.wait_out_the_delay();
        self.wire.state().round_trips += usize::from(flight.is_counted);
        // A statement that is only being prepared has no result yet: it has not been done.
        let cut = self.cut().filter(|_| flight.has_result);
        // Before the client hears anything: it may end, and the test ask, at once.
        self.wire.state().was_cut |= cut.is_some();
        if cut != Some(Cut::BeforeAnswer) {
            flight.pass_on(&self.client)?;
        }
        *flight = Flight { is_started: flight.is_started, ..Flight::default() };
        Ok(cut.is_none())
    }

    fn cut(&self) -> Option<Cut> {
        *self.cut.lock().expect("nothing panics with it in hand")
    }

    fn break_off(&self) -> io::Result<()> {
        self.wire.state().was_cut = true;
        self.close();
        Ok(())
    }

    /// One side is gone without a word: the other must not wait for it.
    fn end(&self, passed: &io::Result<()>) {
        if passed.is_err() {
            self.close();
        }
    }

    fn close(&self) {
        close(&self.client);
        close(&self.server);
    }
}

/// What the server has said since it was last the client's turn.
#[derive(Default)]
struct Flight {
    held: Vec<u8>,
    is_started: bool,
    is_counted: bool,
    has_result: bool,
}

impl Flight {
    /// Takes a message in; returns whether it is the client's turn.
    fn add(&mut self, message: &Message) -> bool {
        self.held.extend_from_slice(&message.bytes);
        match message.kind() {
            // CommandComplete, ErrorResponse.
            b'C' | b'E' => {
                self.has_result = true;
                false
            }
            // ReadyForQuery, of which the first ends the start-up; CopyInResponse.
            b'Z' | b'G' => {
                self.is_counted = self.is_started;
                self.is_started = true;
                true
            }
            // A password is asked for; AuthenticationOk (0) asks for nothing.
            b'R' => code(&message.bytes[1..]) != 0,
            _ => false,
        }
    }

    fn pass_on(&mut self, mut client: &TcpStream) -> io::Result<()> {
        client.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }
}

/// One message after the start-up: a kind, a length that counts itself, and the rest.
struct Message {
    bytes: Vec<u8>,
}

impl Message {
    /// Returns None at the end of the stream.
    fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = [0; 5];
        if stream.read(&mut head[..1])? == 0 {
            return Ok(None);
        }
        stream.read_exact(&mut head[1..])?;
        Ok(Some(Self { bytes: with_rest(stream, &head, 1)? }))
    }

    fn kind(&self) -> u8 {
        self.bytes[0]
    }

    /// Returns the SQL of a Query or Parse message; the latter has the statement's name before it.
    fn sql(&self) -> Option<String> {
        let field = match self.kind() {
            b'Q' => 0,
            b'P' => 1,
            _ => return None,
        };
        let text = self.bytes[5..].split(|byte| *byte == 0).nth(field)?;
        Some(String::from_utf8_lossy(text).into_owned())
    }
}

/// Answers requests for encryption with "no" and returns the packet that follows, None if the client left.
fn start_up(from_client: &mut impl Read, mut client: &TcpStream) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut head = [0; 4];
        if from_client.read(&mut head[..1])? == 0 {
            return Ok(None);
        }
        from_client.read_exact(&mut head[1..])?;
        let packet = with_rest(from_client, &head, 0)?;
        match code(&packet) {
            SSL_REQUEST | GSS_REQUEST => client.write_all(b"N")?,
            _ => return Ok(Some(packet)),
        }
    }
}

/// Reads what the length at `head[at..]` says is still to come, and returns all of it.
fn with_rest(stream: &mut impl Read, head: &[u8], at: usize) -> io::Result<Vec<u8>> {
    let length = usize::try_from(number(&head[at..])).map_err(io::Error::other)?;
    let mut bytes = head.to_vec();
    bytes.resize((at + length).max(head.len()), 0);
    stream.read_exact(&mut bytes[head.len()..])?;
    Ok(bytes)
}

/// Returns the number behind a length: which request a packet is, or how to authenticate.
fn code(bytes: &[u8]) -> u32 {
    number(bytes.get(4..).unwrap_or_default())
}

fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().copied().map_or(0, u32::from_be_bytes)
}

fn close(stream: &TcpStream) {
    // The other side may have been quicker.
    let _ = stream.shutdown(Shutdown::Both);
}

/// Returns host and port of a URL.
fn address(url: &str) -> String {
    let (start, end) = host_range(url);
    let host = &url[start..end];
    if host.contains(':') { host.to_owned() } else { format!("{host}:5432") }
}

/// Returns the URL with a local port for its host.
fn through(url: &str, port: u16) -> String {
    let (start, end) = host_range(url);
    format!("{}127.0.0.1:{port}{}", &url[..start], &url[end..])
}

fn host_range(url: &str) -> (usize, usize) {
    let authority = url.find("://").expect("a PostgreSQL URL has a scheme") + 3;
    let end = url[authority..].find(['/', '?']).map_or(url.len(), |length| authority + length);
    let start = url[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
    (start, end)
}
