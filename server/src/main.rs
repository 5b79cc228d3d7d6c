//! `oxi serve` runs the platform, `oxi migrate` only brings its database up to date.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use oxi_server::config::Config;
use oxi_server::{start, telemetry};

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
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match Config::from_environment() {
        Ok(config) => {
            telemetry::start(&config);
            match arguments.command.unwrap_or(Command::Serve) {
                Command::Serve => start::serve(config).await,
                Command::Migrate => start::migrate(&config).await,
            }
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
