// Package container unpacks what inputs of logs lie in: files packed with gzip, zip
// archives, and folders. It owns which files of these are read. It knows no format of
// logs. Start at [Unpack] and [Files].
package container
