//! `oxi serve` runs the platform, `oxi migrate` only brings its database up to date, `oxi admin` helps out,
//! `oxi audit verify` looks whether the journal is as it was written.

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use oxi_allocator as _;
use oxi_server::config::Config;
use oxi_server::error::StartError;
use oxi_server::{commands, serve, telemetry};

/// Overnight oximetry platform. Settings come from the environment, see docs/OPERATIONS.md.
#[derive(Parser)]
#[command(name = "oxi", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the platform (the default); brings the database up to date first.
    Serve,
    /// Bring the database up to date and stop.
    Migrate,
    /// Help administrators who cannot get in.
    #[command(subcommand)]
    Admin(Admin),
    /// Look after the journal of who did what.
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Subcommand)]
enum Audit {
    /// Say whether every chain of the journal is as it was written, and where the first damage is; fails if one is not.
    Verify,
}

#[derive(Subcommand)]
enum Admin {
    /// Print a one-time link for a new password of the account with this e-mail address.
    Reset {
        /// The address of the account.
        email: String,
        /// Also remove its second factors (codes of an app, passkeys, recovery codes), when those are lost; all its sessions
        /// end.
        #[arg(long)]
        second_factor: bool,
    },
}

/// Longest time at the end for work that no request waits for any more.
const LEFTOVERS: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let outcome = runtime.block_on(run(arguments));
            runtime.shutdown_timeout(LEFTOVERS);
            outcome
        }
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            telemetry::last_words(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), StartError> {
    let config = Config::from_environment()?;
    telemetry::start(&config);
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(config).await,
        Command::Audit(Audit::Verify) => commands::verify_audit(&config).await,
        Command::Migrate => commands::migrate(&config).await,
        Command::Admin(Admin::Reset { email, second_factor }) => {
            commands::reset(config, &email, second_factor).await
        }
    }
}
