// SPDX-License-Identifier: Apache-2.0
/// Timestamps while signing. A connection is opened only when somebody asks for one.
///
/// A service is named by `--timestamp-service URL` or `CHANCERY_TIMESTAMP_SERVICE`, and whom to believe by
/// `--timestamp-certificate FILE` or `CHANCERY_TIMESTAMP_CERTIFICATE`; without either, by the keyring's
/// `timestamp_services.pem`. An option goes before the environment.
///
/// Each signature that can bear one ([dev.chancery.format.TimestampedFormat]) gets a token after its check
/// on arrival and before anything is written: [Stamping]. [TimestampClient] is the exchange (RFC 3161,
/// section 3.4):
///
/// ```text
/// POST URL, Content-Type: application/timestamp-query, Accept: application/timestamp-reply
/// 200, Content-Type: application/timestamp-reply, at most 64 KiB
/// ```
///
/// Redirects are not followed: the service that was named is the one that is asked. Nothing secret is sent,
/// a digest and a random number; what comes back is signed, so plain HTTP will do. A service that does not
/// answer in 30 seconds, or not like this, makes the signing *unavailable*; one that says no, or whose
/// token is not right, makes it *refused*. In both cases nothing is written.
package dev.chancery.cli.timestamps;
