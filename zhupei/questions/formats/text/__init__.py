"""Questions as people type them: 1. … （ ） A. … B. … 答案：B 解析：…"""
