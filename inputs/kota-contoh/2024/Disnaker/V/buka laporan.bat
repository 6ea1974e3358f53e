@echo off
rem DOKUMEN REKAAN – KOTA CONTOH: hanya menulis satu baris
echo rekaan
