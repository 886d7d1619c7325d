// SPDX-License-Identifier: Apache-2.0

// Package cloudsqlconn connects to no database of a cloud.
package cloudsqlconn

type Option any

type DialOption any

func WithIAMAuthN() Option                        { return nil }
func WithCredentialsJSON([]byte) Option           { return nil }
func WithDefaultDialOptions(...DialOption) Option { return nil }
func WithPrivateIP() DialOption                   { return nil }
func WithPSC() DialOption                         { return nil }
