// SPDX-License-Identifier: Apache-2.0

// Package gcpckms seals with no key of a cloud.
package gcpckms

import wrapping "github.com/hashicorp/go-kms-wrapping/v2"

const (
	EnvGcpCkmsWrapperCredsPath   = "ABSENT_GCPCKMS_EnvGcpCkmsWrapperCredsPath"
	EnvGcpCkmsWrapperProject     = "ABSENT_GCPCKMS_EnvGcpCkmsWrapperProject"
	EnvGcpCkmsWrapperLocation    = "ABSENT_GCPCKMS_EnvGcpCkmsWrapperLocation"
	EnvVaultGcpCkmsSealCryptoKey = "ABSENT_GCPCKMS_EnvVaultGcpCkmsSealCryptoKey"
	EnvGcpCkmsWrapperCryptoKey   = "ABSENT_GCPCKMS_EnvGcpCkmsWrapperCryptoKey"
	EnvGcpCkmsWrapperKeyRing     = "ABSENT_GCPCKMS_EnvGcpCkmsWrapperKeyRing"
	EnvVaultGcpCkmsSealKeyRing   = "ABSENT_GCPCKMS_EnvVaultGcpCkmsSealKeyRing"
)

type Wrapper struct{ wrapping.Wrapper }

func NewWrapper() *Wrapper { return &Wrapper{} }
