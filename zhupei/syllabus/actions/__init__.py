"""The verbs of syllabi, a module a noun: versions, their tree, jobs, textbooks.

Those of a version stand here too, because whoever says "draft a syllabus" means them.
"""

from zhupei.syllabus.actions.versions import change, copy, draft, publish, retire

__all__ = ["change", "copy", "draft", "publish", "retire"]
