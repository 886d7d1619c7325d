// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.format.Reason;

/// Why a key was not fit to sign at a time. The words continue "qa's key ".
record KeyFault(Reason reason, String words) {}
