// SPDX-License-Identifier: Apache-2.0

// Package option has no options for clients that are absent.
package option

type ClientOption any

func WithUserAgent(string) ClientOption { return nil }
