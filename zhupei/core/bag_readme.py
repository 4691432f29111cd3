"""The README.txt of every archive package: how to check it without the system that made it."""

from typing import Final

README: Final = """\
筑培 · 电子档案包                                      ZhuPei archive package
=============================================================================

【内容】
  data/                   档案文件；events.jsonl 为事件记录（谁、何时、做了什么）
  manifest-sha256.txt     data/ 内每个文件的 SHA-256 摘要
  manifest-sha512.txt     data/ 内每个文件的 SHA-512 摘要
  tagmanifest-*.txt       说明文件与清单自身的摘要
  bag-info.txt            档案包的基本信息
  verify_events.py        事件链校验程序（只需 Python，不需联网）

【怎样校验】以下命令均在解压后的本文件夹内执行，不需要本系统，也不需要联网。
  1. 文件是否完整、未被改动（任选其一）
       python3 -m pip install bagit      （一次即可）
       python3 -m bagit --validate .
     或  sha256sum -c manifest-sha256.txt
  2. 事件记录是否被增、删、改
       python3 verify_events.py

  第 2 步的算法：每个事件的 hash = SHA-256(previous + 换行符 + canonical)，
  previous 是同一对象上一个事件的 hash，第一个事件之前为 64 个 0。

  以上证明档案包自封包后未被改动。若要证明它就是系统当时封存的那一份，
  请将压缩包的 SHA-256 与系统中该次归档事件所记的摘要比对：sha256sum 文件名.zip

【WHAT IS INSIDE】
  A BagIt package (RFC 8493): the records are in data/, their digests in the
  manifests, and data/events.jsonl says who did what and when.

【HOW TO CHECK IT】 in this folder, offline, without the system that made it
  1. Is every file here and unaltered? (either one)
       python3 -m pip install bagit      (once)
       python3 -m bagit --validate .
     or  sha256sum -c manifest-sha256.txt
  2. Was an event added, removed or altered?
       python3 verify_events.py

  The chain: hash = SHA-256(previous + line feed + canonical); previous is the
  hash of the event before it about the same subject, 64 zeros before the first.

  This proves that nothing changed since the package was made. To prove that it
  is the very package the system sealed, compare the SHA-256 of the ZIP with the
  digest noted in the archiving event.
"""
