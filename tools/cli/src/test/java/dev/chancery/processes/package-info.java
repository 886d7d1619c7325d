// SPDX-License-Identifier: Apache-2.0
/// The processes as they are installed, each started by the packaged command and asked from outside.
///
/// An enclave is started with a configuration of its own over a local office's keys; what it signs is judged
/// by the stock tools of `dev.chancery.interop`. Tests that need another user of the machine make one and
/// remove him, so they run as root, as CI does.
@NullMarked
package dev.chancery.processes;

import org.jspecify.annotations.NullMarked;
